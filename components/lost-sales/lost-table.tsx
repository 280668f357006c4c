"use client"

import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { amountText } from "@/components/ui/amount"
import { CauseBadge } from "@/components/ui/badges"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { LostSales } from "@/lib/insight/lost-sales/schemas"

/** Lost sales by cause and currency, with their sums. */
export function LostTable({ lost: { data, total } }: { lost: Pick<LostSales, "data" | "total"> }) {
  const t = useTranslations("lostSales")
  const format = useFormatter()
  const numbersOf = ({ sales, amountMinor, currency }: (typeof total)[number]) => [
    format.number(sales),
    amountText(format, amountMinor, currency),
  ]
  return (
    <SimpleTable
      label={t("title")}
      head={[
        { key: "cause", title: t("cause") },
        { key: "sales", title: t("sales"), align: "right" },
        { key: "amount", title: t("amount"), align: "right" },
      ]}
      rows={[
        ...data.map((row) => {
          const cause = causes.find((known) => known === row.value) ?? "unknown"
          return {
            key: `${cause} ${row.currency}`,
            cells: [<CauseBadge key="cause" cause={cause} />, ...numbersOf(row)],
          }
        }),
        ...total.map((row) => ({ key: row.currency, cells: [t("all"), ...numbersOf(row)] })),
      ]}
    />
  )
}
