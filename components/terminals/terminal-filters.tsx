"use client"

import { Button, Select } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { StoreFilter } from "@/components/places/store-filter"
import type { TerminalView } from "@/components/terminals/view"
import { ClearFilter } from "@/components/ui/clear-filter"
import { FilterById, FilterSelect } from "@/components/ui/filter-select"
import { Filters } from "@/components/ui/filters"
import { SearchInput } from "@/components/ui/search-input"
import { terminalFacetsOptions } from "@/lib/fleet/terminals/read/queries"
import { onlineStates, terminalStatuses, warrantyStates } from "@/lib/fleet/terminals/words"

type Props = {
  view: TerminalView
  /** The number of set filters, without the search. */
  count: number
  onChange: (change: Partial<{ [Name in keyof TerminalView]: TerminalView[Name] | null }>) => void
}

/** The filters of the list of terminals. */
export function TerminalFilters({ view, count, onChange }: Props) {
  const t = useTranslations("terminals")
  const tState = useTranslations("states")
  const tStatus = useTranslations("terminalStatuses")
  return (
    <Filters
      count={count}
      search={
        <SearchInput
          label={t("search")}
          value={view.q}
          w={200}
          onSearch={(text) => onChange({ q: text || null })}
        />
      }
    >
      <FilterSelect
        label={t("state")}
        value={view.state}
        values={onlineStates}
        textOf={tState}
        onChange={(state) => onChange({ state })}
      />
      <FilterSelect
        label={t("status")}
        value={view.status}
        values={terminalStatuses}
        textOf={tStatus}
        onChange={(status) => onChange({ status })}
      />
      <PlaceFilters view={view} onChange={onChange} />
      <FilterSelect
        label={t("warranty")}
        value={view.warranty}
        values={warrantyStates}
        textOf={(value) => t(`warranties.${value}`)}
        onChange={(warranty) => onChange({ warranty })}
        width={150}
      />
      <Switches view={view} onChange={onChange} />
    </Filters>
  )
}

/** Filters with the values that the fleet has: merchants, stores, models and others. */
function PlaceFilters({ view, onChange }: Omit<Props, "count">) {
  const t = useTranslations("terminals")
  const { data: facets } = useQuery(terminalFacetsOptions())
  const labels = useQuery({ ...terminalFacetsOptions(), select: (stored) => stored.labels }).data
  return (
    <>
      <FilterById
        label={t("merchant")}
        value={view.merchant}
        choices={facets?.merchants}
        onChange={(merchant) => onChange({ merchant })}
        width={150}
      />
      <StoreFilter label={t("store")} value={view.store} onChange={(store) => onChange({ store })} />
      <FilterById
        label={t("model")}
        value={view.model}
        choices={facets?.models}
        onChange={(model) => onChange({ model })}
      />
      {facets && facets.suppliers.length > 0 ? (
        <FilterById
          label={t("supplier")}
          value={view.supplier}
          choices={facets.suppliers}
          onChange={(supplier) => onChange({ supplier })}
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
        onChange={(label) => onChange({ label })}
        data={labels ?? []}
      />
    </>
  )
}

function Switches({ view, onChange }: Omit<Props, "count">) {
  const t = useTranslations("terminals")
  const tComponent = useTranslations("components")
  return (
    <>
      <Button
        size="xs"
        variant={view.flagged ? "filled" : "default"}
        aria-pressed={view.flagged === "true"}
        onClick={() => onChange({ flagged: view.flagged ? null : "true" })}
      >
        {t("flagged")}
      </Button>
      <Button
        size="xs"
        variant={view.clock ? "filled" : "default"}
        aria-pressed={view.clock === "wrong"}
        onClick={() =>
          onChange(
            view.clock
              ? { clock: null, sort: null, order: null }
              : { clock: "wrong", sort: "clock", order: "desc" },
          )
        }
      >
        {t("wrongClock")}
      </Button>
      <Button
        size="xs"
        variant={view.alike ? "filled" : "default"}
        aria-pressed={view.alike === "true"}
        onClick={() =>
          onChange(
            view.alike
              ? { alike: null, sort: null, order: null }
              : { alike: "true", sort: "serial", order: "asc" },
          )
        }
      >
        {t("alike")}
      </Button>
      {view.counters ? (
        <Button size="xs" variant="filled" aria-pressed onClick={() => onChange({ counters: null })}>
          {t("countersReset")}
        </Button>
      ) : null}
      {view.lacks ? (
        <ClearFilter
          text={t(`lacks.${view.lacks}`)}
          label={t("clearLacks", { what: t(`lacks.${view.lacks}`) })}
          onClear={() => onChange({ lacks: null })}
        />
      ) : null}
      {view.behind ? (
        <Button size="xs" variant="filled" aria-pressed onClick={() => onChange({ behind: null })}>
          {t("behind", { component: tComponent(view.behind) })}
        </Button>
      ) : null}
      {view.region ? (
        <Button size="xs" variant="filled" aria-pressed onClick={() => onChange({ region: null })}>
          {t("oneRegion")}
        </Button>
      ) : null}
      {view.placeholder ? (
        <Button size="xs" variant="filled" aria-pressed onClick={() => onChange({ placeholder: null })}>
          {t("placeholder")}
        </Button>
      ) : null}
    </>
  )
}
