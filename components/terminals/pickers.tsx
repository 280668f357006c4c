"use client"

import { Select, TagsInput } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useStoreName } from "@/components/ui/store-name"
import { longestLabel, mostLabels } from "@/lib/fleet/terminals/labels"
import { terminalFacetsOptions, terminalListOptions } from "@/lib/fleet/terminals/read/queries"

type Choice = {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  isRequired?: boolean
  description?: string
}

/** How many options a list shows. */
const mostShown = 50
const numberOf = (value: string | null) => (value === null ? null : Number(value))

/** Selects a store, model or other value that terminals can be filtered by. */
export function NamedPicker({
  of,
  label,
  value,
  onChange,
  isRequired = false,
  description,
}: Choice & { of: "stores" | "models" | "acquirers" | "suppliers" }) {
  const t = useTranslations("life")
  const storeName = useStoreName()
  // Also offer values that were added a moment ago.
  const facets = useQuery({ ...terminalFacetsOptions(), staleTime: 0 })
  return (
    <Select
      label={label}
      description={description}
      required={isRequired}
      searchable
      clearable={!isRequired}
      limit={mostShown}
      nothingFoundMessage={t("nothingFound")}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(numberOf(chosen))}
      data={(facets.data?.[of] ?? []).map(({ id, name }) => ({
        value: String(id),
        label: of === "stores" ? storeName(name) : name,
      }))}
    />
  )
}

/** Selects a terminal that is not active, by serial number, TID or store. */
export function ReplacementPicker({ label, value, onChange }: Choice) {
  const t = useTranslations("life")
  const tStatus = useTranslations("terminalStatuses")
  const storeName = useStoreName()
  const [text, setText] = useState("")
  const [q] = useDebouncedValue(text.split(" · ")[0] ?? "", 250)
  const list = useQuery(terminalListOptions({ ...(q ? { q } : {}), limit: mostShown }))
  const spare = (list.data?.data ?? []).filter(({ status }) => status !== "active" && status !== "retired")
  return (
    <Select
      label={label}
      required
      searchable
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={t("nothingFound")}
      filter={({ options }) => options}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(numberOf(chosen))}
      data={spare.map(({ id, serial, status, store }) => ({
        value: String(id),
        label: `${serial} · ${tStatus(status)} · ${storeName(store.name)}`,
      }))}
    />
  )
}

export function LabelsInput({
  label,
  value,
  onChange,
}: {
  label: string
  value: string[]
  onChange: (labels: string[]) => void
}) {
  const t = useTranslations("life")
  const labels = useQuery({ ...terminalFacetsOptions(), select: (facets) => facets.labels }).data
  return (
    <TagsInput
      label={label}
      description={t("labelsNote")}
      value={value}
      maxTags={mostLabels}
      limit={mostShown}
      data={labels ?? []}
      onChange={(chosen) =>
        onChange(chosen.map((text) => text.trim().slice(0, longestLabel)).filter(Boolean))
      }
    />
  )
}
