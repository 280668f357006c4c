"use client"

import { Anchor, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs"
import type { ReactNode } from "react"
import { EntryList } from "@/components/catalogue/entry-list"
import { LeagueList } from "@/components/league/league-list"
import { AsOf } from "@/components/ui/as-of"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { paths } from "@/lib/base/paths"
import { isDay } from "@/lib/base/time/reader-day"
import { leagueOptions } from "@/lib/outlook/league/queries"
import {
  fewestAttempts,
  fewestTerminals,
  leagueGroupings,
  type LeagueGrouping,
} from "@/lib/outlook/league/words"

/** Acquirers, suppliers or models with their terms, the most stable first. */
export function LeagueScreen() {
  const t = useTranslations("catalogue")
  const [{ by, from, to }, setView] = useQueryStates({
    by: parseAsStringLiteral(leagueGroupings).withDefault("acquirer"),
    from: parseAsString,
    to: parseAsString,
  })
  const list = useQuery(leagueOptions({ by, ...(isDay(from) ? { from } : {}), ...(isDay(to) ? { to } : {}) }))
  return (
    <Stack gap="md">
      <PageHeader title={t("league")} subtitle={list.data ? <AsOf at={list.data.asOf} /> : null} />
      <Group gap="xs" align="flex-end">
        <SegmentedControl
          aria-label={t("by")}
          value={by}
          onChange={(value) =>
            void setView({ by: leagueGroupings.find((known) => known === value) ?? "acquirer" })
          }
          data={leagueGroupings.map((value) => ({ value, label: t(`groupings.${value}`) }))}
        />
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
      <EntryList list={list} isEmpty={({ data }) => data.length === 0} empty={<NothingToCompare by={by} />}>
        {(table) => <LeagueList table={table} />}
      </EntryList>
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
