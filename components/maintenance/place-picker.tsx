"use client"

import { Select } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { usePlaceChoices } from "@/components/places/use-place-choices"
import { useStoreName } from "@/components/ui/store-name"
import type { WindowPlace } from "@/lib/fleet/maintenance/words"
import { terminalListOptions } from "@/lib/fleet/terminals/read/queries"

type Props = {
  kind: Exclude<WindowPlace, "organisation">
  value: number | null
  onChange: (id: number | null) => void
}

/** Selects a place of a kind. */
export const PlacePicker = ({ kind, ...props }: Props) =>
  kind === "terminal" ? <TerminalPicker {...props} /> : <NamedPlacePicker kind={kind} {...props} />

type Picked = Omit<Props, "kind">
const idOf = (value: string | null) => (value === null ? null : Number(value))

function NamedPlacePicker({ kind, value, onChange }: Picked & { kind: "merchant" | "region" | "store" }) {
  const t = useTranslations("maintenance.places")
  const storeName = useStoreName()
  const { choices, search } = usePlaceChoices(`${kind}s`, { chosen: value === null ? [] : [value] })
  return (
    <Select
      label={t(kind)}
      required
      {...search}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(idOf(id))}
      data={choices.map(({ id, name }) => ({
        value: String(id),
        label: kind === "store" ? storeName(name) : name,
      }))}
    />
  )
}

const mostShown = 50

function TerminalPicker({ value, onChange }: Picked) {
  const t = useTranslations("maintenance.places")
  const storeName = useStoreName()
  const [text, setText] = useState("")
  const [q] = useDebouncedValue(text.split(" · ")[0] ?? "", 250)
  const list = useQuery(terminalListOptions({ ...(q ? { q } : {}), limit: mostShown }))
  return (
    <Select
      label={t("terminal")}
      required
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(idOf(id))}
      data={(list.data?.data ?? []).map(({ id, serial, store }) => ({
        value: String(id),
        label: `${serial} · ${storeName(store.name)}`,
      }))}
    />
  )
}
