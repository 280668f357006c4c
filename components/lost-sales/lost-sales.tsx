"use client"

import { Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { LostTable } from "@/components/lost-sales/lost-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import type { RangeName } from "@/lib/base/time/range-names"
import { lostSalesOptions } from "@/lib/insight/lost-sales/queries"

/** What was lost with failed sales, by cause: of everything, or of a terminal. */
export function LostSales({ range, terminalId }: { range: RangeName; terminalId?: number }) {
  const t = useTranslations("lostSales")
  const lost = useQuery(
    lostSalesOptions({ range, ...(terminalId === undefined ? {} : { terminal: terminalId }) }),
  )
  if (!lost.data)
    return lost.isError ? <ErrorState onRetry={() => void lost.refetch()} /> : <Skeleton height={160} />
  if (lost.data.data.length === 0) return <EmptyState title={t("none")} />
  return (
    <Stack gap="xs">
      <LostTable lost={lost.data} />
      <Text size="xs" c="dimmed">
        {t("note")} {terminalId === undefined ? null : t("ofTerminal")}
      </Text>
    </Stack>
  )
}
