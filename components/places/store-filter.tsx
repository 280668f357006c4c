"use client"

import { useQuery } from "@tanstack/react-query"
import { useStoreChoices } from "@/components/places/use-store-choices"
import { FilterById } from "@/components/ui/filter-select"
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
  const { data: facets } = useQuery(terminalFacetsOptions())
  return (
    <FilterById
      label={label}
      value={value}
      choices={useStoreChoices(facets?.stores)}
      onChange={onChange}
      width={170}
    />
  )
}
