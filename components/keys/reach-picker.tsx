"use client"

import { Input, MultiSelect, SegmentedControl, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { placesOptions } from "@/lib/keys/queries"
import type { KeyReach } from "@/lib/keys/schemas"

const kinds = ["merchant", "region", "store"] as const
/** Of thousands of stores the list shows the first that match. */
const mostShown = 50

type Props = { value: KeyReach | null; onChange: (reach: KeyReach | null) => void }

/** Which stores a key is for: all, or those of merchants, of regions, and stores one by one. */
export function ReachPicker({ value, onChange }: Props) {
  const t = useTranslations("keys.reach")
  const places = useQuery(placesOptions()).data?.data ?? []
  const ids = (kind: (typeof kinds)[number], chosen: string[]) => chosen.flatMap((one) => (one.startsWith(`${kind} `) ? [Number(one.slice(kind.length + 1))] : []))
  return (
    <Stack gap="xs">
      <Input.Wrapper label={t("label")}>
        <SegmentedControl
          fullWidth aria-label={t("label")} value={value === null ? "all" : "some"}
          onChange={(choice) => onChange(choice === "all" ? null : { merchants: [], regions: [], stores: [] })}
          data={[{ value: "all", label: t("all") }, { value: "some", label: t("some") }]}
        />
      </Input.Wrapper>
      {value === null ? null : (
        <MultiSelect
          label={t("places")} description={t("note")} searchable clearable hidePickedOptions limit={mostShown} nothingFoundMessage={t("nothingFound")}
          value={[...value.merchants.map((id) => `merchant ${id}`), ...value.regions.map((id) => `region ${id}`), ...value.stores.map((id) => `store ${id}`)]}
          onChange={(chosen) => onChange({ merchants: ids("merchant", chosen), regions: ids("region", chosen), stores: ids("store", chosen) })}
          data={kinds.map((kind) => ({ group: t(kind), items: places.filter((place) => place.kind === kind).map(({ id, name }) => ({ value: `${kind} ${id}`, label: name })) }))}
        />
      )}
    </Stack>
  )
}
