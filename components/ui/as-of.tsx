"use client"

import { useFormatter, useNow, useTranslations } from "next-intl"

/** How old the shown data is, with the exact time on hover. It updates itself. */
export function AsOf({ at }: { at: string }) {
  const t = useTranslations("common")
  const format = useFormatter()
  const now = useNow({ updateInterval: 10_000 })
  const date = new Date(at)
  const isNew = now.getTime() - date.getTime() < 10_000
  return (
    <time
      dateTime={at}
      title={format.dateTime(date, { dateStyle: "medium", timeStyle: "medium" })}
      suppressHydrationWarning
    >
      {isNew ? t("asOfNow") : t("asOf", { time: format.relativeTime(date, { now }) })}
    </time>
  )
}
