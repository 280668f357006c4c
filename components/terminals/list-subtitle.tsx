"use client"

import { useTranslations } from "next-intl"
import { TimeAgo } from "@/components/ui/time-ago"
import type { TerminalPage } from "@/lib/fleet/terminals/schemas"
import { fewestRankedSales } from "@/lib/fleet/terminals/words"

/** How many terminals there are, and what an order by failure rate means. */
export function ListSubtitle({ page, isByRate }: { page: TerminalPage; isByRate: boolean }) {
  const t = useTranslations("terminals")
  const total = t("total", { count: page.total, isExact: String(page.isTotalExact) })
  if (!isByRate) return total
  const { asOf } = page
  return (
    <span>
      {total}
      {" · "}
      {asOf === null
        ? t("notRanked")
        : t.rich("ranked", { fewest: fewestRankedSales, time: () => <TimeAgo at={asOf} /> })}
    </span>
  )
}
