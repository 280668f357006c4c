import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"

export const placeChoicesOptions = () =>
  queryOptions({
    queryKey: ["places"],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/places",
        {},
        async () => (await import("@/lib/access/actor/schemas")).PlaceChoices,
        signal,
      ),
    staleTime: 60_000,
  })
