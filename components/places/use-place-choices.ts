import { useDebouncedValue } from "@mantine/hooks"
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { placesOptions } from "@/lib/access/actor/queries"
import type { PlacePage, PlaceQuery } from "@/lib/access/actor/schemas"
import { parts } from "@/lib/base/parts"

export type Choice = PlacePage["data"][number]
type Kind = PlaceQuery["kind"]

/** As many as the API answers at once. */
const mostAtOnce = 200

/** The places of a kind with these ids. Deleted places are missing. */
export const useNamedPlaces = (kind: Kind, ids: readonly number[]): Choice[] =>
  useQueries({
    queries: parts([...ids], mostAtOnce).map((some) => placesOptions({ kind, ids: some })),
    combine: (results) => results.flatMap(({ data }) => data?.data ?? []),
  })

type Options = { chosen: readonly number[]; merchant?: number | undefined; enabled?: boolean }

/** Places to select from: those of which the name contains what is typed, and the chosen ones. */
export function usePlaceChoices(kind: Kind, { chosen, merchant, enabled = true }: Options) {
  const [typed, onSearchChange] = useState("")
  const [q] = useDebouncedValue(typed.trim(), 300)
  const named = useNamedPlaces(kind, chosen)
  // A select writes the name of its choice into the field, and then shows all places.
  const isSearched = q !== "" && !named.some(({ name }) => name === q)
  const first = useQuery({ ...placesOptions({ kind, merchant }), enabled }).data?.data
  const found = useQuery({
    ...placesOptions({ kind, merchant, q }),
    enabled: enabled && isSearched,
    placeholderData: keepPreviousData,
  }).data?.data
  const shown = (isSearched ? found : first) ?? []
  const isShown = new Set(shown.map(({ id }) => id))
  return {
    isEmpty: first?.length === 0,
    isShown: (value: string) => isShown.has(Number(value)),
    choices: [...named.filter(({ id }) => !isShown.has(id)), ...shown],
    search: { searchable: true, searchValue: typed, onSearchChange },
  }
}
