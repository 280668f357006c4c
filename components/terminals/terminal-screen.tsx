"use client"

import { Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { EvidencePanel } from "@/components/evidence/evidence-panel"
import { FollowedPanel } from "@/components/failures/followed-panel"
import { FlagCard } from "@/components/flags/flag-card"
import { IncidentNotice } from "@/components/incidents/incident-notice"
import { MaintenanceNotice } from "@/components/maintenance/maintenance-notice"
import { AlikeNotice, MergedNotice } from "@/components/terminals/alike-notice"
import { PurchaseFacts } from "@/components/terminals/purchase-facts"
import { StateFacts } from "@/components/terminals/state-facts"
import { TerminalCharts } from "@/components/terminals/terminal-charts"
import { TerminalHeader } from "@/components/terminals/terminal-header"
import { TerminalRecords } from "@/components/terminals/terminal-records"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { terminalOptions } from "@/lib/fleet/terminals/read/queries"
import { flagListOptions } from "@/lib/insight/flags/queries"

type Props = {
  terminalId: number
  canChange: boolean
  /** Whether the user may do something with flags. */
  canHandle: boolean
}

export function TerminalScreen({ terminalId, canChange, canHandle }: Props) {
  const t = useTranslations("terminal")
  const terminal = useQuery(terminalOptions(terminalId))
  const flags = useQuery(flagListOptions({ terminal: terminalId, status: "open" }))

  if (!terminal.data)
    return terminal.isError ? (
      <ErrorState onRetry={() => void terminal.refetch()} />
    ) : (
      <Skeleton height={500} />
    )
  const { supplier, boughtOn, warrantyUntil, store } = terminal.data
  return (
    <Stack gap="md">
      <TerminalHeader terminal={terminal.data} canChange={canChange} />
      {terminal.isError ? <ErrorState onRetry={() => void terminal.refetch()} /> : null}
      <AlikeNotice terminal={terminal.data} canChange={canChange} />
      <MergedNotice {...terminal.data} />
      <MaintenanceNotice terminalId={terminalId} />
      <IncidentNotice terminalId={terminalId} />
      {flags.data?.data.map((flag) => (
        <Stack key={flag.id} gap="md">
          <FlagCard flag={flag} canHandle={canHandle} />
          <EvidencePanel flag={flag} />
        </Stack>
      ))}
      <Panel title={t("state")}>
        <StateFacts terminal={terminal.data} />
      </Panel>
      {(supplier ?? boughtOn ?? warrantyUntil) ? (
        <Panel title={t("purchase")}>
          <PurchaseFacts terminal={terminal.data} />
        </Panel>
      ) : null}
      <TerminalCharts terminal={terminal.data} />
      <FollowedPanel query={{ range: "7d", store: store.id }} within={{ store: store.id }} />
      <TerminalRecords terminal={terminal.data} />
    </Stack>
  )
}
