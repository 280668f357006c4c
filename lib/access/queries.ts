import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/http/get-json"

export const placeChoicesOptions = () =>
  queryOptions({
    queryKey: ["places"],
    queryFn: ({ signal }) =>
      getJson("/api/v1/places", {}, async () => (await import("@/lib/access/schemas")).PlaceChoices, signal),
    staleTime: 60_000,
  })
