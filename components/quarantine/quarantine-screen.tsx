"use client"

import { Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { NoRecords } from "@/components/quarantine/no-records"
import { Notice, type Outcome } from "@/components/quarantine/notice"
import { QuarantineFilters, ViewControl } from "@/components/quarantine/quarantine-controls"
import { RecordDrawer } from "@/components/quarantine/record-drawer"
import { RecordList } from "@/components/quarantine/record-list"
import { TerminalGroups } from "@/components/quarantine/terminal-groups"
import { quarantineQueryOf, quarantineView } from "@/components/quarantine/view"
import { CountTabs } from "@/components/ui/count-tabs"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { rejectionCodes } from "@/lib/intake/ingest/answer"
import { quarantineListOptions } from "@/lib/intake/quarantine/queries"

/** Rejected records: one by one with their details, or counted by terminal. */
export function QuarantineScreen({ mayReplay }: { mayReplay: boolean }) {
  const t = useTranslations("quarantine")
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [view, setView] = useQueryStates(quarantineView)
  const { code, kind, state, terminal, record } = view
  const counts = useQuery(quarantineListOptions(given(quarantineQueryOf(view)))).data?.counts ?? {}
  const all = Object.values(counts).reduce((total, count) => total + count, 0)
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <QuarantineFilters view={view} setView={setView} />
      </PageHeader>
      <CountTabs
        names={rejectionCodes}
        counts={counts}
        chosen={code}
        title={(name) => (name === "all" ? t("all") : t(`codes.${name}`))}
        onChoose={(chosen) => void setView({ code: chosen, cursor: null })}
      />
      <ViewControl view={view} setView={setView} />
      {view.view === "terminals" && terminal === null ? (
        <TerminalGroups
          filter={{ ...given({ code, kind }), state }}
          onOpen={(name) => void setView({ terminal: name, cursor: null })}
          empty={<NoRecords view={view} setView={setView} />}
        />
      ) : (
        <RecordList
          // Other filters begin without a selection.
          key={JSON.stringify([code, kind, terminal, state])}
          view={view}
          setView={setView}
          total={code ? (counts[code] ?? 0) : all}
          mayReplay={mayReplay}
        />
      )}
      {record === null ? null : (
        <RecordDrawer
          key={record}
          id={record}
          mayReplay={mayReplay}
          onClose={() => void setView({ record: null })}
          onDone={(done) => {
            setOutcome(done)
            void setView({ record: null })
          }}
        />
      )}
      {outcome ? <Notice outcome={outcome} onClose={() => setOutcome(null)} /> : null}
    </Stack>
  )
}
