"use client"

import { Box, Button, Group } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { IconFilter } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"

/** A search with filters. On phones, the filters are behind a button that shows how many are set. */
export function Filters({
  search,
  count,
  children,
}: {
  search: ReactNode
  count: number
  children: ReactNode
}) {
  const t = useTranslations("common")
  const [isOpen, { toggle }] = useDisclosure()
  return (
    <Group gap="xs" component="search">
      {search}
      <Button
        hiddenFrom="sm"
        size="xs"
        variant={count > 0 ? "light" : "default"}
        leftSection={<IconFilter size={14} aria-hidden />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {t("filters", { count })}
      </Button>
      <Box display="contents" {...(isOpen ? {} : { visibleFrom: "sm" })}>
        {children}
      </Box>
    </Group>
  )
}
