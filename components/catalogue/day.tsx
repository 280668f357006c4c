"use client"

import { Text } from "@mantine/core"
import { useFormatter, useNow } from "next-intl"

/** A calendar day; a dash where it is not known, red once it is over. */
export function Day({ on }: { on: string | null }) {
  const format = useFormatter()
  const now = useNow()
  if (on === null) return <Text span size="sm" c="dimmed">—</Text>
  const isOver = on < now.toISOString().slice(0, 10)
  return <Text span size="sm" {...(isOver ? { c: "red" } : {})} style={{ whiteSpace: "nowrap" }} suppressHydrationWarning>{format.dateTime(new Date(`${on}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })}</Text>
}
