"use client"

import { useFormatter, useNow } from "next-intl"

/** How long ago an instant was, with the exact time on hover. It updates itself. */
export function TimeAgo({ at }: { at: string }) {
  const format = useFormatter()
  const now = useNow({ updateInterval: 10_000 })
  const date = new Date(at)
  return (
    <time
      dateTime={at}
      title={format.dateTime(date, { dateStyle: "medium", timeStyle: "medium" })}
      style={{ whiteSpace: "nowrap" }}
      suppressHydrationWarning
    >
      {format.relativeTime(date, { now: date > now ? date : now })}
    </time>
  )
}
