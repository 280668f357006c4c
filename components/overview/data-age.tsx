"use client"

import { useTranslations } from "next-intl"
import { AsOf } from "@/components/ui/as-of"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Overview } from "@/lib/outlook/overview/schemas"

/** How old the data are. */
export function DataAge({ overview: { asOf, lastReceivedAt } }: { overview: Overview }) {
  const t = useTranslations("overview")
  return (
    <>
      <AsOf at={asOf} />
      {lastReceivedAt ? (
        <> · {t.rich("lastReceived", { time: () => <TimeAgo at={lastReceivedAt} /> })}</>
      ) : null}
    </>
  )
}
