"use client"

import { Button, Group, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { PageLinks } from "@/lib/base/pages/links"

/** The position of a page. `total` is a lower limit if it is not exact. */
export type ListPage = PageLinks & { data: readonly unknown[]; total: number; isTotalExact?: boolean }

/** Shows the position of the page, with buttons for the previous and next page. */
export function Pager({
  page,
  rows,
  cursor,
  onMove,
}: {
  page: ListPage | undefined
  /** How many rows the page is shown in, if entries are grouped. */
  rows?: number | undefined
  /** Cursor of the current page; null on the first. */
  cursor: string | null
  onMove: (cursor: string | null) => void
}) {
  const t = useTranslations("list")
  const count = page?.data.length ?? 0
  const { nextCursor = null, previousCursor = null, position = 1, total = 0 } = page ?? {}
  const last = position + count - 1
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {count > 0
          ? t("range", {
              first: position,
              last,
              total: Math.max(total, last),
              isExact: String(page?.isTotalExact ?? true),
            })
          : null}
        {rows !== undefined && rows < count ? ` · ${t("inRows", { rows })}` : null}
      </Text>
      <Group gap="xs" component="nav" aria-label={t("pages")}>
        {cursor ? (
          <Button variant="default" size="xs" onClick={() => onMove(null)}>
            {t("firstPage")}
          </Button>
        ) : null}
        {previousCursor ? (
          <Button variant="default" size="xs" onClick={() => onMove(previousCursor)}>
            {t("previousPage")}
          </Button>
        ) : null}
        {nextCursor ? (
          <Button variant="default" size="xs" onClick={() => onMove(nextCursor)}>
            {t("nextPage")}
          </Button>
        ) : null}
      </Group>
    </Group>
  )
}
