"use client"

import { Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { amountText } from "@/components/ui/amount"
import { CauseBadge } from "@/components/ui/badges"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { oneOf } from "@/lib/base/one-of"
import type { RangeName } from "@/lib/base/time/range-names"
import { causes } from "@/lib/fleet/code-packs/cause"
import { lostSalesOptions } from "@/lib/insight/lost-sales/queries"

/** What was lost with failed sales, by cause: of everything, or of a terminal. */
export function LostSales({ range, terminalId }: { range: RangeName; terminalId?: number }) {
  const t = useTranslations("lostSales")
  const format = useFormatter()
  const lost = useQuery(
    lostSalesOptions({ range, ...(terminalId === undefined ? {} : { terminal: terminalId }) }),
  )
  if (!lost.data)
    return lost.isError ? <ErrorState onRetry={() => void lost.refetch()} /> : <Skeleton height={160} />
  const { data, total } = lost.data
  if (data.length === 0) return <EmptyState title={t("none")} />
  const numbersOf = ({ sales, amountMinor, currency }: (typeof total)[number]) => [
    format.number(sales),
    amountText(format, amountMinor, currency),
  ]
  return (
    <Stack gap="xs">
      <SimpleTable
        label={t("title")}
        head={[
          { key: "cause", title: t("cause") },
          { key: "sales", title: t("sales"), align: "right" },
          { key: "amount", title: t("amount"), align: "right" },
        ]}
        rows={[
          ...data.map((row) => {
            const cause = oneOf(causes, row.value) ?? "unknown"
            return {
              key: `${cause} ${row.currency}`,
              cells: [<CauseBadge key="cause" cause={cause} />, ...numbersOf(row)],
            }
          }),
          ...total.map((row) => ({ key: row.currency, cells: [t("all"), ...numbersOf(row)] })),
        ]}
      />
      <Text size="xs" c="dimmed">
        {t("note")} {terminalId === undefined ? null : t("ofTerminal")}
      </Text>
    </Stack>
  )
}
