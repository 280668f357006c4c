"use client"

import { Button, Group, Select, Skeleton, Stack, Text, TextInput } from "@mantine/core"
import { useDebouncedCallback } from "@mantine/hooks"
import { IconTableImport } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs"
import { useState } from "react"
import { ExportMenu } from "@/components/tables/export-menu"
import { AddDrawer } from "@/components/terminals/add-drawer"
import { BulkBar, nothingSelected } from "@/components/terminals/bulk-bar"
import { TerminalTable } from "@/components/terminals/terminal-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Filters } from "@/components/ui/filters"
import { PageHeader } from "@/components/ui/page-header"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { terminalFacetsOptions, terminalListOptions } from "@/lib/fleet/terminals/read/queries"
import type { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import {
  onlineStates,
  terminalSorts,
  terminalStatuses,
  warrantyStates,
  type TerminalSort,
} from "@/lib/fleet/terminals/words"

const orders = ["asc", "desc"] as const

export function TerminalsScreen({ canChange, canImport }: { canChange: boolean; canImport: boolean }) {
  const t = useTranslations("terminals")
  const tState = useTranslations("states")
  const tStatus = useTranslations("terminalStatuses")
  const [view, setView] = useQueryStates({
    q: parseAsString,
    state: parseAsStringLiteral(onlineStates),
    status: parseAsStringLiteral(terminalStatuses),
    merchant: parseAsInteger,
    store: parseAsInteger,
    model: parseAsInteger,
    supplier: parseAsInteger,
    flagged: parseAsStringLiteral(["true"] as const),
    clock: parseAsStringLiteral(["wrong"] as const),
    label: parseAsString,
    warranty: parseAsStringLiteral(warrantyStates),
    sort: parseAsStringLiteral(terminalSorts).withDefault("serial"),
    order: parseAsStringLiteral(orders).withDefault("asc"),
    cursor: parseAsString,
  })
  const query = Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== null && value !== ""),
  ) as Partial<TerminalQuery>
  const { sort: _sort, order: _order, cursor: _cursor, ...filter } = query
  const [selection, setSelection] = useState(nothingSelected)
  const [isAdding, setAdding] = useState(false)
  const list = useQuery(terminalListOptions(query))
  const facets = useQuery(terminalFacetsOptions())
  const search = useDebouncedCallback((text: string) => void setView({ q: text || null, cursor: null }), 300)
  const isFiltered = Object.keys(filter).length > 0
  const named = (choices: { id: number; name: string }[] | undefined) =>
    (choices ?? []).map(({ id, name }) => ({ value: String(id), label: name }))
  const sortBy = (sort: TerminalSort) =>
    void setView({ sort, order: view.sort === sort && view.order === "asc" ? "desc" : "asc", cursor: null })
  const selected = new Set(selection.isAll ? list.data?.data.map(({ id }) => id) : selection.ids)
  // Ticking one off where all were chosen leaves those of this page.
  const select = (ids: number[], isSelected: boolean) => {
    const others = [...selected].filter((id) => !ids.includes(id))
    setSelection({ ids: isSelected ? [...others, ...ids] : others, isAll: false })
  }
  const numberOf = (value: string | null) => (value === null ? null : Number(value))
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={list.data ? t("total", { count: list.data.total }) : null}>
        <Group gap="xs">
          <ExportMenu
            path="/api/v1/terminals/export"
            query={{ ...filter, sort: view.sort, order: view.order }}
          />
          <Button
            size="xs"
            variant="default"
            component="a"
            href={withQuery(paths.terminalLabels, filter)}
            target="_blank"
          >
            {t("printLabels")}
          </Button>
          {canImport ? (
            <Button
              component={Link}
              href={`${paths.imports}?kind=terminals`}
              size="xs"
              variant="default"
              leftSection={<IconTableImport size={16} aria-hidden />}
            >
              {t("import")}
            </Button>
          ) : null}
          {canChange ? (
            <Button size="xs" onClick={() => setAdding(true)}>
              {t("add")}
            </Button>
          ) : null}
        </Group>
      </PageHeader>
      <Filters
        count={Object.keys(filter).filter((name) => name !== "q").length}
        search={
          <TextInput
            size="xs"
            defaultValue={view.q ?? ""}
            onChange={(event) => search(event.currentTarget.value)}
            placeholder={t("search")}
            aria-label={t("search")}
          />
        }
      >
        <Select
          size="xs"
          w={130}
          clearable
          placeholder={t("state")}
          aria-label={t("state")}
          value={view.state}
          onChange={(value) =>
            void setView({ state: onlineStates.find((known) => known === value) ?? null, cursor: null })
          }
          data={onlineStates.map((value) => ({ value, label: tState(value) }))}
        />
        <Select
          size="xs"
          w={130}
          clearable
          placeholder={t("status")}
          aria-label={t("status")}
          value={view.status}
          onChange={(value) =>
            void setView({ status: terminalStatuses.find((known) => known === value) ?? null, cursor: null })
          }
          data={terminalStatuses.map((value) => ({ value, label: tStatus(value) }))}
        />
        <Select
          size="xs"
          w={150}
          clearable
          searchable
          placeholder={t("merchant")}
          aria-label={t("merchant")}
          value={view.merchant ? String(view.merchant) : null}
          onChange={(value) => void setView({ merchant: numberOf(value), cursor: null })}
          data={named(facets.data?.merchants)}
        />
        <Select
          size="xs"
          w={170}
          clearable
          searchable
          placeholder={t("store")}
          aria-label={t("store")}
          value={view.store ? String(view.store) : null}
          onChange={(value) => void setView({ store: numberOf(value), cursor: null })}
          data={named(facets.data?.stores)}
        />
        <Select
          size="xs"
          w={130}
          clearable
          searchable
          placeholder={t("model")}
          aria-label={t("model")}
          value={view.model ? String(view.model) : null}
          onChange={(value) => void setView({ model: numberOf(value), cursor: null })}
          data={named(facets.data?.models)}
        />
        {facets.data && facets.data.suppliers.length > 0 ? (
          <Select
            size="xs"
            w={130}
            clearable
            searchable
            placeholder={t("supplier")}
            aria-label={t("supplier")}
            value={view.supplier ? String(view.supplier) : null}
            onChange={(value) => void setView({ supplier: numberOf(value), cursor: null })}
            data={named(facets.data.suppliers)}
          />
        ) : null}
        <Select
          size="xs"
          w={130}
          clearable
          searchable
          placeholder={t("label")}
          aria-label={t("label")}
          value={view.label}
          onChange={(label) => void setView({ label, cursor: null })}
          data={facets.data?.labels ?? []}
        />
        <Select
          size="xs"
          w={150}
          clearable
          placeholder={t("warranty")}
          aria-label={t("warranty")}
          value={view.warranty}
          onChange={(value) =>
            void setView({ warranty: warrantyStates.find((known) => known === value) ?? null, cursor: null })
          }
          data={warrantyStates.map((value) => ({ value, label: t(`warranties.${value}`) }))}
        />
        <Button
          size="xs"
          variant={view.flagged ? "filled" : "default"}
          aria-pressed={view.flagged === "true"}
          onClick={() => void setView({ flagged: view.flagged ? null : "true", cursor: null })}
        >
          {t("flagged")}
        </Button>
        <Button
          size="xs"
          variant={view.clock ? "filled" : "default"}
          aria-pressed={view.clock === "wrong"}
          onClick={() =>
            void setView(
              view.clock
                ? { clock: null, sort: null, order: null, cursor: null }
                : { clock: "wrong", sort: "clock", order: "desc", cursor: null },
            )
          }
        >
          {t("wrongClock")}
        </Button>
      </Filters>
      <BulkBar
        selection={selection}
        filter={filter}
        total={list.data?.total ?? 0}
        canChange={canChange}
        onSelect={setSelection}
      />
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={400} /> : null}
      {list.data?.data.length === 0 ? (
        <EmptyState title={isFiltered ? t("noMatch") : t("none")}>
          {isFiltered ? (
            <Button size="xs" variant="light" onClick={() => void setView(null)}>
              {t("clearFilters")}
            </Button>
          ) : (
            t("noneText")
          )}
        </EmptyState>
      ) : null}
      {list.data && list.data.data.length > 0 ? (
        <TerminalTable
          rows={list.data.data}
          sort={view.sort}
          order={view.order}
          onSort={sortBy}
          selected={selected}
          onSelect={select}
        />
      ) : null}
      <Group gap="xs">
        {view.cursor ? (
          <Button size="xs" variant="default" onClick={() => void setView({ cursor: null })}>
            {t("firstPage")}
          </Button>
        ) : null}
        {list.data?.nextCursor ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => void setView({ cursor: list.data?.nextCursor ?? null })}
          >
            {t("nextPage")}
          </Button>
        ) : null}
        {list.isFetching && list.isPlaceholderData ? (
          <Text size="xs" c="dimmed">
            {t("loading")}
          </Text>
        ) : null}
      </Group>
      {isAdding ? <AddDrawer onClose={() => setAdding(false)} /> : null}
    </Stack>
  )
}
