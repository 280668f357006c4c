"use client"

import { Skeleton } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { RecentBeats, RecentSales } from "@/components/terminals/recent-records"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { recordsOptions } from "@/lib/fleet/terminals/read/queries"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

/** A terminal's newest sales and heartbeats. */
export function TerminalRecords({ terminal }: { terminal: Terminal }) {
  const t = useTranslations("terminal")
  const records = useQuery(recordsOptions(terminal.id))
  return (
    <>
      {records.isError && !records.data ? <ErrorState onRetry={() => void records.refetch()} /> : null}
      <Panel title={t("recentSales")}>
        {records.data ? (
          records.data.sales.length > 0 ? (
            <RecentSales sales={records.data.sales} />
          ) : (
            <EmptyState title={t("noSales")} />
          )
        ) : (
          <Skeleton height={200} />
        )}
      </Panel>
      <Panel title={t("recentBeats")}>
        {records.data ? (
          records.data.beats.length > 0 ? (
            <RecentBeats beats={records.data.beats} />
          ) : (
            <EmptyState title={t("noBeats")} />
          )
        ) : (
          <Skeleton height={200} />
        )}
      </Panel>
    </>
  )
}
