"use client"

import { useQuery } from "@tanstack/react-query"
import { FilterById } from "@/components/ui/filter-select"
import { useStoreName } from "@/components/ui/store-name"
import { terminalFacetsOptions } from "@/lib/fleet/terminals/read/queries"

/** A filter with the stores of the fleet. */
export function StoreFilter({
  label,
  value,
  onChange,
}: {
  label: string
  value: number | null
  onChange: (id: number | null) => void
}) {
  const storeName = useStoreName()
  const { data: facets } = useQuery(terminalFacetsOptions())
  return (
    <FilterById
      label={label}
      value={value}
      choices={facets?.stores.map(({ id, name }) => ({ id, name: storeName(name) }))}
      onChange={onChange}
      width={170}
    />
  )
}
