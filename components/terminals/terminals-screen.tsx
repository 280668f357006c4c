"use client"

import { Anchor, Stack } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import { useState, type ReactNode } from "react"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { BulkBar, nothingSelected } from "@/components/terminals/bulk-bar"
import { ListActions } from "@/components/terminals/list-actions"
import { ListSubtitle } from "@/components/terminals/list-subtitle"
import { terminalCard, terminalColumns } from "@/components/terminals/terminal-columns"
import { TerminalFilters } from "@/components/terminals/terminal-filters"
import { terminalView } from "@/components/terminals/view"
import { EmptyList } from "@/components/ui/empty-list"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { oneOf } from "@/lib/base/one-of"
import { readWhole } from "@/lib/base/pages/read-whole"
import { paths } from "@/lib/base/paths"
import { terminalListOptions } from "@/lib/fleet/terminals/read/queries"
import type { TerminalRow } from "@/lib/fleet/terminals/schemas"
import { terminalSorts } from "@/lib/fleet/terminals/words"

const idOf = ({ id }: TerminalRow) => String(id)
const nameOf = ({ serial }: TerminalRow) => serial

const overviewLink = (text: ReactNode) => (
  <Anchor component={Link} inherit href={paths.overview}>
    {text}
  </Anchor>
)

export function TerminalsScreen({ canChange, canImport }: { canChange: boolean; canImport: boolean }) {
  const t = useTranslations("terminals")
  const [view, setView] = useQueryStates(terminalView)
  const { cursor, sort, order, ...filters } = view
  const filter = given(filters)
  const count = Object.keys(filter).filter((name) => name !== "q").length
  const [selection, setSelection] = useState(nothingSelected)
  const client = useQueryClient()
  const list = useQuery(terminalListOptions(given(view)))
  const page = list.data
  const selected = selection.isAll ? (page?.data ?? []).map(({ id }) => id) : selection.ids
  const readRows = () =>
    readWhole((at) =>
      client.fetchQuery(
        terminalListOptions({ ...filter, sort, order, limit: 200, ...given({ cursor: at }) }),
      ),
    )
  return (
    <Stack gap="md">
      <PageHeader
        title={t("title")}
        subtitle={page ? <ListSubtitle page={page} isByRate={sort === "rate"} /> : null}
      >
        <ListActions filter={filter} view={view} canChange={canChange} canImport={canImport} />
      </PageHeader>
      <TerminalFilters
        view={view}
        count={count}
        onChange={(change) => void setView({ ...change, cursor: null })}
      />
      <BulkBar
        selection={selection}
        filter={filter}
        total={page?.total ?? 0}
        isTotalExact={page?.isTotalExact ?? true}
        canChange={canChange}
        onSelect={setSelection}
      />
      <DataTable
        name="terminals"
        label={t("title")}
        columns={terminalColumns}
        title={(id) => t(`columns.${id}`)}
        rows={page?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        sort={{
          by: sort,
          order,
          onSort: (by, next) =>
            void setView({
              sort: oneOf(terminalSorts, by),
              order: next,
              cursor: null,
            }),
        }}
        // Deselecting one row after "select all" keeps only the rows of this page.
        selection={{
          ids: selected.map(String),
          onSelect: (ids) => setSelection({ ids: ids.map(Number), isAll: false }),
        }}
        card={terminalCard}
        readRows={readRows}
        empty={
          <EmptyList
            isFiltered={Object.keys(filter).length > 0}
            noMatch={t("noMatch")}
            none={t("none")}
            onClear={() => void setView(null)}
          >
            {canImport ? t.rich("noneText", { link: overviewLink }) : t("noneRead")}
          </EmptyList>
        }
        pager={<Pager page={page} cursor={cursor} onMove={(to) => void setView({ cursor: to })} />}
        minWidth={860}
      />
    </Stack>
  )
}
