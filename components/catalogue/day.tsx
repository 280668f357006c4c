"use client"

import { Text } from "@mantine/core"
import { useFormatter, useNow } from "next-intl"
import { dayText } from "@/components/ui/day-text"

/** A calendar day, or a dash. */
export function Day({ on, isOver = false }: { on: string | null; isOver?: boolean }) {
  const format = useFormatter()
  if (on === null)
    return (
      <Text span inherit c="dimmed">
        —
      </Text>
    )
  return (
    <Text
      span
      inherit
      {...(isOver ? { c: "red" } : {})}
      style={{ whiteSpace: "nowrap" }}
      suppressHydrationWarning
    >
      {dayText(format, on)}
    </Text>
  )
}

/** An end date, in red once it has passed. */
export function EndDay({ on }: { on: string | null }) {
  const now = useNow()
  return <Day on={on} isOver={on !== null && on < now.toISOString().slice(0, 10)} />
}
