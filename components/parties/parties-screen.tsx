"use client"

import { Anchor, Group, SegmentedControl, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import { useMemo } from "react"
import { nameOf } from "@/components/failures/failure-columns"
import { partyColumns, type PartyRow } from "@/components/parties/party-columns"
import { SpeedPanel } from "@/components/parties/speed-panel"
import { partiesQuery, partiesView, speedsQuery, type PartiesView } from "@/components/parties/view"
import { StoreFilter } from "@/components/places/store-filter"
import { DataTable } from "@/components/tables/data-table"
import { AsOf } from "@/components/ui/as-of"
import { EmptyState } from "@/components/ui/empty-state"
import { FilterById } from "@/components/ui/filter-select"
import { PageHeader } from "@/components/ui/page-header"
import { percentText } from "@/components/ui/percent"
import { usePeriodText } from "@/components/ui/period"
import { withQuery } from "@/lib/base/http/get-json"
import { oneOf } from "@/lib/base/one-of"
import { paths } from "@/lib/base/paths"
import { rangeNames } from "@/lib/base/time/range-names"
import { terminalFacetsOptions } from "@/lib/fleet/terminals/read/queries"
import { partiesOptions } from "@/lib/insight/parties/queries"
import type { PartyPage } from "@/lib/insight/parties/schemas"
import { partyKinds } from "@/lib/insight/parties/words"

const idOf = ({ value }: PartyRow) => value ?? ""

/** Issuers, acquirers or cashiers, compared with all others. */
export function PartiesScreen() {
  const t = useTranslations("parties")
  const tAll = useTranslations()
  const [view, setView] = useQueryStates(partiesView)
  const query = partiesQuery(view)
  const list = useQuery(partiesOptions(query))
  const page = list.data
  const rows = useMemo(() => {
    const { by: _by, ...within } = partiesQuery(view)
    return page?.data.map((row) => ({ ...row, groupBy: page.by, within }))
  }, [page, view])
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={page ? <AsOf at={page.asOf} /> : null}>
        <Anchor component={Link} href={paths.trainings} size="sm" ml="auto">
          {tAll("trainings.title")}
        </Anchor>
      </PageHeader>
      <Filters view={view} onChange={(change) => void setView(change)} />
      {page ? <Others page={page} /> : null}
      <DataTable
        name={`parties-${query.by}`}
        label={t("title")}
        columns={partyColumns}
        title={(id) => (id === "name" ? tAll(`failures.by.${page?.by ?? query.by}`) : t(`columns.${id}`))}
        rows={rows}
        query={list}
        rowId={idOf}
        nameOf={(row) => nameOf(row, { t: tAll })}
        empty={<EmptyState title={tAll("failures.none")}>{tAll("failures.noneText")}</EmptyState>}
        minWidth={1040}
      />
      <Text size="xs" c="dimmed">
        {t("text")}
      </Text>
      <SpeedPanel query={speedsQuery(view)} onBy={(speed) => void setView({ speed })} />
    </Stack>
  )
}

type FiltersProps = { view: PartiesView; onChange: (change: Partial<PartiesView>) => void }

function Filters({ view, onChange }: FiltersProps) {
  const t = useTranslations("parties")
  const tAll = useTranslations()
  const { data: facets } = useQuery(terminalFacetsOptions())
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t("by")}
        value={view.by}
        onChange={(value) => onChange({ by: oneOf(partyKinds, value) ?? "issuer" })}
        data={partyKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <SegmentedControl
        size="xs"
        aria-label={tAll("overview.rangeLabel")}
        value={view.range}
        onChange={(value) => onChange({ range: oneOf(rangeNames, value) ?? "30d" })}
        data={rangeNames.map((value) => ({ value, label: tAll(`overview.range.${value}`) }))}
      />
      <FilterById
        label={tAll("failures.by.merchant")}
        value={view.merchant}
        choices={facets?.merchants}
        onChange={(merchant) => onChange({ merchant })}
      />
      <StoreFilter
        label={tAll("failures.by.store")}
        value={view.store}
        onChange={(store) => onChange({ store })}
      />
      {view.by === "operator" && view.store !== null ? (
        <Anchor
          component={Link}
          href={withQuery(paths.coaching(view.store), { range: view.range })}
          size="sm"
        >
          {t("coaching")}
        </Anchor>
      ) : null}
    </Group>
  )
}

/** What each is compared with. */
function Others({ page }: { page: PartyPage }) {
  const t = useTranslations("overview")
  const format = useFormatter()
  const periodText = usePeriodText()
  const { total } = page
  return (
    <Text size="sm" c="dimmed">
      {total.attempts > 0 ? (
        <>
          {percentText(format, total.rate, 2)} ·{" "}
          {t("failedOf", { failures: total.failures, attempts: total.attempts })} ·{" "}
        </>
      ) : null}
      {t("compared", { period: periodText(page), before: periodText(page.previousPeriod) })}
    </Text>
  )
}
