"use client"

import { Anchor, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import type { ReactNode } from "react"
import { leagueColumns } from "@/components/league/league-columns"
import { leagueQueryOf, leagueView } from "@/components/league/view"
import { DataTable } from "@/components/tables/data-table"
import { AsOf } from "@/components/ui/as-of"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { oneOf } from "@/lib/base/one-of"
import { paths } from "@/lib/base/paths"
import { leagueOptions } from "@/lib/outlook/league/queries"
import type { LeagueRow } from "@/lib/outlook/league/schemas"
import {
  fewestAttempts,
  fewestTerminals,
  leagueGroupings,
  type LeagueGrouping,
} from "@/lib/outlook/league/words"

const idOf = ({ id }: LeagueRow) => String(id)
const nameOf = ({ name }: LeagueRow) => name
/** Groups with too little data come last. */
const isDimmed = ({ isComparable }: LeagueRow) => !isComparable

/** Acquirers, suppliers or models with their terms, the most stable first. */
export function LeagueScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const [view, setView] = useQueryStates(leagueView)
  const { by, from, to } = view
  const list = useQuery(leagueOptions(leagueQueryOf(view)))
  return (
    <Stack gap="md">
      <PageHeader title={t("league")} subtitle={list.data ? <AsOf at={list.data.asOf} /> : null} />
      <Group gap="xs" align="flex-end">
        <SegmentedControl
          aria-label={t("by")}
          value={by}
          onChange={(value) => void setView({ by: oneOf(leagueGroupings, value) ?? "acquirer" })}
          data={leagueGroupings.map((value) => ({ value, label: t(`groupings.${value}`) }))}
        />
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            type="date"
            label={t("from")}
            value={from ?? list.data?.from ?? ""}
            onChange={(event) => void setView({ from: event.currentTarget.value || null })}
          />
          <TextInput
            size="xs"
            type="date"
            label={t("until")}
            value={to ?? list.data?.to ?? ""}
            onChange={(event) => void setView({ to: event.currentTarget.value || null })}
          />
        </Group>
      </Group>
      <DataTable
        name={`league-${by}`}
        label={t("league")}
        columns={leagueColumns[list.data?.by ?? by]}
        title={(id) => (id === "name" ? t(`grouping.${list.data?.by ?? by}`) : t(id))}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        isDimmed={isDimmed}
        empty={mayWrite ? <NothingToCompare by={by} /> : <EmptyState title={t("noLeague")} />}
        minWidth={860}
      />
      {list.data && list.data.leftOut > 0 ? (
        <Text size="sm" c="dimmed">
          {t("leagueLeftOut", { shown: list.data.data.length, leftOut: list.data.leftOut })}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed">
        {t("leagueText", { terminals: fewestTerminals, attempts: fewestAttempts })}
      </Text>
    </Stack>
  )
}

/** Shown without groups: which field of a terminal assigns it to one. */
function NothingToCompare({ by }: { by: LeagueGrouping }) {
  const t = useTranslations("catalogue")
  const step = { acquirer: paths.acquirers, supplier: paths.suppliers, model: paths.models }[by]
  const links = {
    step: (text: ReactNode) => (
      <Anchor component={Link} href={step}>
        {text}
      </Anchor>
    ),
    terminals: (text: ReactNode) => (
      <Anchor component={Link} href={paths.terminals}>
        {text}
      </Anchor>
    ),
  }
  return <EmptyState title={t("noLeague")}>{t.rich(`noLeagueText.${by}`, links)}</EmptyState>
}
