"use client"

import { Group, SegmentedControl, Select, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { PeriodDates } from "@/components/failures/period-dates"
import { groupingsOf, type FailuresView } from "@/components/failures/view"
import { StoreFilter } from "@/components/places/store-filter"
import { ClearFilter } from "@/components/ui/clear-filter"
import { FilterById, FilterSelect } from "@/components/ui/filter-select"
import { oneOf } from "@/lib/base/one-of"
import { rangeNames } from "@/lib/base/time/range-names"
import { causes } from "@/lib/fleet/code-packs/cause"
import { terminalFacetsOptions } from "@/lib/fleet/terminals/read/queries"
import { dimensions, type Grouping } from "@/lib/insight/rates/words"

type Props = {
  view: FailuresView
  /** The grouping that is shown; null of single sales. */
  groupBy: Grouping | null
  /** The dates or hours, if they are not a range that ends now. */
  period: string | null
  onChange: (change: Partial<{ [Name in keyof FailuresView]: FailuresView[Name] | null }>) => void
}

/** What the page of failed sales shows: range, grouping, cause and places. */
export function FailureFilters({ view, groupBy, period, onChange }: Props) {
  const t = useTranslations("failures")
  const tOverview = useTranslations("overview")
  const tCause = useTranslations("causes")
  const { data: facets } = useQuery(terminalFacetsOptions())
  return (
    <Group gap="xs">
      {period === null ? (
        <SegmentedControl
          size="xs"
          value={view.range}
          onChange={(value) => onChange({ range: oneOf(rangeNames, value) })}
          data={rangeNames.map((value) => ({ value, label: tOverview(`range.${value}`) }))}
          aria-label={tOverview("rangeLabel")}
        />
      ) : (
        <Clear
          text={period}
          onClear={() => onChange({ from: null, to: null, compareFrom: null, compareTo: null })}
        />
      )}
      <PeriodDates view={view} onChange={onChange} />
      {groupBy === null ? null : <GroupBy view={view} groupBy={groupBy} onChange={onChange} />}
      {groupBy === "cause" ? null : (
        <FilterSelect
          label={t("cause")}
          value={view.cause}
          values={causes}
          textOf={tCause}
          onChange={(cause) => onChange({ cause })}
        />
      )}
      <FilterById
        label={t("by.merchant")}
        value={view.merchant}
        choices={facets?.merchants}
        onChange={(merchant) => onChange({ merchant })}
      />
      <StoreFilter label={t("by.store")} value={view.store} onChange={(store) => onChange({ store })} />
      <FilterById
        label={t("by.model")}
        value={view.model}
        choices={facets?.models}
        onChange={(model) => onChange({ model, subcause: null, code: null })}
      />
      {view.region === null ? null : (
        <Clear text={t("oneRegion")} onClear={() => onChange({ region: null })} />
      )}
      {view.terminal === null ? null : (
        <Clear text={t("oneTerminal")} onClear={() => onChange({ terminal: null })} />
      )}
    </Group>
  )
}

/** The heat map has the dimensions of single stores. */
function GroupBy({ view, groupBy, onChange }: Pick<Props, "view" | "onChange"> & { groupBy: Grouping }) {
  const t = useTranslations("failures")
  const within: readonly Grouping[] = groupingsOf(view)
  const possible = view.show === "stores" ? dimensions.filter((one) => within.includes(one)) : within
  return (
    <Select
      size="xs"
      w={230}
      allowDeselect={false}
      aria-label={t("groupBy")}
      leftSection={
        <Text size="xs" c="dimmed">
          {t("groupBy")}
        </Text>
      }
      leftSectionWidth={72}
      value={groupBy}
      data={possible.map((value) => ({ value, label: t(`by.${value}`) }))}
      onChange={(chosen) => onChange({ groupBy: oneOf(possible, chosen) })}
    />
  )
}

function Clear({ text, onClear }: { text: string; onClear: () => void }) {
  const t = useTranslations("failures")
  return <ClearFilter text={text} label={t("clear", { text })} onClear={onClear} />
}
