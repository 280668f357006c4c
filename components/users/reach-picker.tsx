"use client"

import { Input, MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { hasNoPlaces } from "@/lib/access/actor/has-no-places"
import { placeChoicesOptions } from "@/lib/access/actor/queries"
import type { PlaceChoices, Places, Reach } from "@/lib/access/actor/schemas"

const noPlaces: Places = { merchants: [], regions: [], stores: [] }
/** How many options a list shows. */
const mostShown = 50

/** `note` explains other effects of a limit. */
type Props = { value: Reach; onChange: (reach: Reach) => void; note?: string }

/** Selects a reach: all stores, or some merchants, regions and stores. */
export function ReachPicker({ value, onChange, note }: Props) {
  const t = useTranslations("reach")
  const choices = useQuery(placeChoicesOptions()).data
  const picker = (kind: keyof Places, places: Places) =>
    choices && choices[kind].length > 0 ? (
      <MultiSelect
        size="sm"
        label={t(kind)}
        placeholder={t("find")}
        searchable
        clearable
        hidePickedOptions
        limit={mostShown}
        nothingFoundMessage={t("nothingFound")}
        data={optionsOf(choices, kind)}
        value={places[kind].map(String)}
        onChange={(ids) => onChange({ ...places, [kind]: ids.map(Number) })}
      />
    ) : null
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
          {picker("merchants", value)}
          {picker("regions", value)}
          {picker("stores", value)}
          <Text size="xs" c={hasNoPlaces(value) ? "orange" : "dimmed"}>
            {hasNoPlaces(value) ? t("nothing") : t("note")} {note}
          </Text>
        </>
      )}
    </Stack>
  )
}

/** Groups regions and stores by merchant. */
function optionsOf(choices: PlaceChoices, kind: keyof Places) {
  const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name })
  if (kind === "merchants") return choices.merchants.map(option)
  const free = choices[kind].filter(({ merchant }) => merchant === null).map(option)
  const merchants = [...new Set(choices[kind].flatMap(({ merchant }) => merchant ?? []))]
  return [
    ...free,
    ...merchants.map((group) => ({
      group,
      items: choices[kind].filter(({ merchant }) => merchant === group).map(option),
    })),
  ]
}
