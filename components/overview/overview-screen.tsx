"use client"

import { Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { useState } from "react"
import { IncidentNotice } from "@/components/incidents/incident-notice"
import { DataAge } from "@/components/overview/data-age"
import { DemoProgress } from "@/components/overview/demo-progress"
import { FailuresSection } from "@/components/overview/failures-section"
import { FleetStates } from "@/components/overview/fleet-states"
import { GettingStarted } from "@/components/overview/getting-started"
import { NeedsPanel } from "@/components/overview/needs-panel"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import type { Permission } from "@/lib/access/actor/permissions"
import { defaultRange, rangeNames } from "@/lib/base/time/range-names"
import { overviewOptions } from "@/lib/outlook/overview/queries"

/** What needs whom first, then the state of the fleet, then pictures. */
export function OverviewScreen({ allowed }: { allowed: readonly Permission[] }) {
  const t = useTranslations("overview")
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(rangeNames).withDefault(defaultRange))
  const [madeKey, setMadeKey] = useState<string | null>(null)
  const state = useQuery(overviewOptions({ range }))

  if (!state.data)
    return state.isError ? <ErrorState onRetry={() => void state.refetch()} /> : <Skeleton height={400} />
  const begin = (
    <GettingStarted mayCreateKey={allowed.includes("keys:manage")} madeKey={madeKey} onMadeKey={setMadeKey} />
  )
  if (state.data.terminals + state.data.pending === 0)
    return allowed.includes("imports:write") ? (
      begin
    ) : (
      <EmptyState title={t("noTerminals")}>{t("noTerminalsText")}</EmptyState>
    )
  return (
    <Stack gap="md">
      {/* A new key is shown only once, and may not be copied yet when the first record arrives. */}
      {madeKey === null ? null : begin}
      <PageHeader title={t("title")} subtitle={<DataAge overview={state.data} />} />
      <DemoProgress percent={state.data.demoProgressPct} />
      {state.isError ? <ErrorState onRetry={() => void state.refetch()} /> : null}
      <IncidentNotice />
      <NeedsPanel overview={state.data} allowed={allowed} />
      <FleetStates overview={state.data} />
      <FailuresSection overview={state.data} range={range} onRange={(chosen) => void setRange(chosen)} />
    </Stack>
  )
}
