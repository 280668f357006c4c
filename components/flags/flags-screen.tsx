"use client"

import { Anchor, Group, SegmentedControl, Stack } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import { useMemo, useState } from "react"
import { flagColumns, type FlagRow } from "@/components/flags/flag-columns"
import { flagCard } from "@/components/flags/flag-group"
import { HandlingBar } from "@/components/flags/handling-bar"
import { flagQuery, flagStates, flagView } from "@/components/flags/view"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { ClearFilter } from "@/components/ui/clear-filter"
import { CountTabs } from "@/components/ui/count-tabs"
import { EmptyList } from "@/components/ui/empty-list"
import { PageHeader } from "@/components/ui/page-header"
import { SearchInput } from "@/components/ui/search-input"
import { oneOf } from "@/lib/base/one-of"
import { readWhole } from "@/lib/base/pages/read-whole"
import { paths } from "@/lib/base/paths"
import { groupFlags } from "@/lib/insight/flags/group-flags"
import { flagListOptions } from "@/lib/insight/flags/queries"
import type { FlagPage } from "@/lib/insight/flags/schemas"
import { detectEverySeconds, flagKinds, flagSorts, type RuleName } from "@/lib/insight/flags/words"

const idOf = ({ first }: FlagRow) => String(first.id)
const nameOf = ({ first }: FlagRow) => first.terminal?.serial ?? first.store?.name ?? first.rule

/** The list of flags. Flags with the same reasons are one row. */
const rowsOf = ({ data, nextCursor, previousCursor }: FlagPage): FlagRow[] =>
  groupFlags(data).flatMap((flags) =>
    flags[0] ? [{ first: flags[0], flags, isPart: (nextCursor ?? previousCursor) !== null }] : [],
  )

/** The selected rows, and the flags of those. */
function useSelected(rows: readonly FlagRow[] | undefined) {
  const [ids, onSelect] = useState<readonly string[]>([])
  const chosen = (rows ?? []).filter((row) => ids.includes(idOf(row)))
  return { ids, onSelect, flagIds: chosen.flatMap(({ flags }) => flags.map(({ id }) => id)) }
}

/** All flags, for a file with one line for each. */
async function readFlags(read: (cursor: string | null) => Promise<FlagPage>) {
  const { rows, isWhole } = await readWhole(read)
  return { rows: rows.map((first): FlagRow => ({ first, flags: [first], isPart: false })), isWhole }
}

export function FlagsScreen({ canChange }: { canChange: boolean }) {
  const t = useTranslations("flags")
  const tKind = useTranslations("flagKinds")
  const client = useQueryClient()
  const [view, setView] = useQueryStates(flagView)
  const { cursor, sort, order, ...filter } = view
  const list = useQuery(flagListOptions(flagQuery(view)))
  const page = list.data
  const rows = useMemo(() => page && rowsOf(page), [page])
  const { flagIds, ...selection } = useSelected(rows)
  const counts = page?.counts ?? {}
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const total = filter.kind ? (counts[filter.kind] ?? 0) : all
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <FlagFilters view={view} onChange={(change) => void setView({ ...change, cursor: null })} />
      </PageHeader>
      <CountTabs
        names={flagKinds}
        counts={counts}
        chosen={filter.kind}
        title={(name) => (name === "all" ? t("all") : tKind(name))}
        onChoose={(kind) => void setView({ kind, cursor: null })}
      />
      <HandlingBar ids={flagIds} onClear={() => selection.onSelect([])} />
      <DataTable
        name="flags"
        label={t("title")}
        columns={flagColumns}
        title={(id) => t(`columns.${id}`)}
        rows={rows}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        sort={{
          by: sort,
          order,
          onSort: (by, next) =>
            void setView({
              sort: oneOf(flagSorts, by),
              order: next,
              cursor: null,
            }),
        }}
        {...(canChange && filter.status !== "closed" ? { selection } : {})}
        card={flagCard}
        readRows={() =>
          readFlags((at) =>
            client.fetchQuery(flagListOptions({ ...flagQuery({ ...view, cursor: at }), limit: 200 })),
          )
        }
        empty={
          <EmptyList
            isFiltered={Boolean(filter.q ?? filter.kind ?? filter.store ?? filter.rule)}
            noMatch={t("noMatch")}
            none={t(`none.${filter.status}`)}
            onClear={() => void setView(null)}
          >
            {filter.status === "open" ? t("noneText", { seconds: detectEverySeconds }) : null}
          </EmptyList>
        }
        pager={
          <Pager
            page={page && { ...page, total }}
            rows={rows?.length}
            cursor={cursor}
            onMove={(to) => void setView({ cursor: to })}
          />
        }
        minWidth={860}
      />
    </Stack>
  )
}

type View = { q: string | null; status: (typeof flagStates)[number]; rule: RuleName | null }

function FlagFilters({ view, onChange }: { view: View; onChange: (change: Partial<View>) => void }) {
  const t = useTranslations("flags")
  return (
    <Group gap="xs">
      {view.rule === null ? null : (
        <ClearFilter
          text={t(`rules.${view.rule}.name`)}
          label={t("clearRule", { rule: t(`rules.${view.rule}.name`) })}
          onClear={() => onChange({ rule: null })}
        />
      )}
      <Anchor component={Link} href={paths.rules} size="sm">
        {t("ruleRecords")}
      </Anchor>
      <Anchor component={Link} href={paths.maintenance} size="sm">
        {t("maintenance")}
      </Anchor>
      <SearchInput label={t("search")} value={view.q} onSearch={(text) => onChange({ q: text || null })} />
      <SegmentedControl
        size="xs"
        value={view.status}
        onChange={(value) => onChange({ status: oneOf(flagStates, value) ?? "open" })}
        data={flagStates.map((value) => ({ value, label: t(`status.${value}`) }))}
        aria-label={t("statusLabel")}
      />
    </Group>
  )
}
