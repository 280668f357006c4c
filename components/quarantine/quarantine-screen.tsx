"use client"

import { Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { ManyActions } from "@/components/quarantine/many-actions"
import { Notice, type Outcome } from "@/components/quarantine/notice"
import {
  CodeTabs,
  NoRecords,
  QuarantineFilters,
  ViewControl,
} from "@/components/quarantine/quarantine-controls"
import { RecordCard } from "@/components/quarantine/record-card"
import { TerminalGroups } from "@/components/quarantine/terminal-groups"
import { quarantineView } from "@/components/quarantine/view"
import { Pager } from "@/components/tables/pager"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { quarantineListOptions } from "@/lib/intake/quarantine/queries"

export function QuarantineScreen({ mayReplay }: { mayReplay: boolean }) {
  const t = useTranslations("quarantine")
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [view, setView] = useQueryStates(quarantineView)
  const { code, kind, state, terminal, cursor } = view
  const isByTerminal = view.view === "terminals" && terminal === null
  const filter = given({ code, kind, terminal })
  const list = useQuery(quarantineListOptions({ ...filter, state, ...given({ cursor }) }))
  const counts = list.data?.counts ?? {}
  const all = Object.values(counts).reduce((total, count) => total + count, 0)
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <QuarantineFilters view={view} setView={setView} />
      </PageHeader>
      <CodeTabs counts={counts} all={all} view={view} setView={setView} />
      <ViewControl view={view} setView={setView} />
      {mayReplay ? (
        <ManyActions
          key={JSON.stringify([filter, state])}
          filter={filter}
          state={state}
          count={code ? (counts[code] ?? 0) : all}
        />
      ) : null}
      {isByTerminal && all > 0 ? (
        <TerminalGroups
          filter={{ ...(code ? { code } : {}), ...(kind ? { kind } : {}), state }}
          onOpen={(name) => void setView({ terminal: name, cursor: null })}
        />
      ) : null}
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={300} /> : null}
      {list.data?.data.length === 0 ? <NoRecords view={view} setView={setView} /> : null}
      {isByTerminal
        ? null
        : list.data?.data.map((record) => (
            <RecordCard key={record.id} record={record} mayReplay={mayReplay} onDone={setOutcome} />
          ))}
      {isByTerminal ? null : (
        <Pager
          page={list.data && { ...list.data, total: code ? (counts[code] ?? 0) : all }}
          cursor={cursor}
          onMove={(to) => void setView({ cursor: to })}
        />
      )}
      {outcome ? <Notice outcome={outcome} onClose={() => setOutcome(null)} /> : null}
    </Stack>
  )
}
