import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { PartyQuery } from "@/lib/insight/parties/schemas"

export const partiesOptions = (query: PartyQuery) =>
  queryOptions({
    queryKey: ["causes", "parties", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/parties",
        query,
        async () => (await import("@/lib/insight/parties/schemas")).PartyPage,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
