"use client"

import { Button, Group, Paper, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"

/** The number of selected rows and their actions, in sight as the page scrolls. */
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
    <Paper withBorder p="xs" role="group" aria-label={label} pos="sticky" top={64} style={{ zIndex: 5 }}>
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
