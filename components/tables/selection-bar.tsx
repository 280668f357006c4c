"use client"

import { Button, Group, Paper, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"

/**
 * The number of selected rows and their actions, at the bottom of the window, because the head of the list
 * stays at its top. In a column, it is shown after the list.
 */
export function SelectionBar({
  label,
  text,
  onClear,
  children,
}: {
  label: string
  text: string
  onClear: () => void
  children: ReactNode
}) {
  const t = useTranslations("list")
  return (
    <Paper
      withBorder
      p="xs"
      role="group"
      aria-label={label}
      pos="sticky"
      bottom={8}
      shadow="md"
      style={{ zIndex: 5, order: 1 }}
    >
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {text}
        </Text>
        {children}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
          {t("clearSelection")}
        </Button>
      </Group>
    </Paper>
  )
}
