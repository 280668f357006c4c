import { queryOptions } from "@tanstack/react-query"
import type { PlaceQuery } from "@/lib/access/actor/schemas"
import { getJson } from "@/lib/base/http/get-json"

type Wanted = Pick<PlaceQuery, "kind" | "q" | "merchant" | "ids">

/** The first places of a kind by name, or all of these ids. */
export const placesOptions = ({ ids, ...wanted }: Wanted) =>
  queryOptions({
    queryKey: ["places", wanted, ids],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/places",
        { ...wanted, ids: ids?.join(","), limit: ids?.length },
        async () => (await import("@/lib/access/actor/schemas")).PlacePage,
        signal,
      ),
    staleTime: 60_000,
  })
