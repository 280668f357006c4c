"use client"

import { Input, MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { usePlaceChoices, type Choice } from "@/components/places/use-place-choices"
import { hasNoPlaces } from "@/lib/access/actor/has-no-places"
import type { Places, Reach } from "@/lib/access/actor/schemas"

const noPlaces: Places = { merchants: [], regions: [], stores: [] }

/** `note` explains other effects of a limit. */
type Props = { value: Reach; onChange: (reach: Reach) => void; note?: string }

/** Selects a reach: all stores, or some merchants, regions and stores. */
export function ReachPicker({ value, onChange, note }: Props) {
  const t = useTranslations("reach")
  return (
    <Stack gap="xs">
      <Input.Wrapper label={t("label")}>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t("label")}
          value={value === null ? "all" : "some"}
          onChange={(choice) => onChange(choice === "all" ? null : noPlaces)}
          data={[
            { value: "all", label: t("all") },
            { value: "some", label: t("some") },
          ]}
        />
      </Input.Wrapper>
      {value === null ? null : (
        <>
          <KindPicker kind="merchants" places={value} onChange={onChange} />
          <KindPicker kind="regions" places={value} onChange={onChange} />
          <KindPicker kind="stores" places={value} onChange={onChange} />
          <Text size="xs" c={hasNoPlaces(value) ? "orange" : "dimmed"}>
            {hasNoPlaces(value) ? t("nothing") : t("note")} {note}
          </Text>
        </>
      )}
    </Stack>
  )
}

type KindProps = { kind: keyof Places; places: Places; onChange: (places: Places) => void }

/** Selects places of one kind. Is left out if there are none. */
function KindPicker({ kind, places, onChange }: KindProps) {
  const t = useTranslations("reach")
  const { choices, isEmpty, search } = usePlaceChoices(kind, { chosen: places[kind] })
  if (isEmpty || (choices.length === 0 && search.searchValue === "")) return null
  return (
    <MultiSelect
      size="sm"
      label={t(kind)}
      placeholder={t("find")}
      clearable
      hidePickedOptions
      nothingFoundMessage={t("nothingFound")}
      data={byMerchant(choices)}
      filter={({ options }) => options}
      value={places[kind].map(String)}
      onChange={(ids) => onChange({ ...places, [kind]: ids.map(Number) })}
      {...search}
    />
  )
}

/** Groups regions and stores by merchant. */
function byMerchant(choices: readonly Choice[]) {
  const option = ({ id, name }: Choice) => ({ value: String(id), label: name })
  const merchants = [...new Set(choices.flatMap(({ merchant }) => merchant ?? []))]
  return [
    ...choices.filter(({ merchant }) => merchant === null).map(option),
    ...merchants.map((group) => ({
      group,
      items: choices.filter(({ merchant }) => merchant === group).map(option),
    })),
  ]
}
