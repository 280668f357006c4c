import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { LeagueQuery } from "@/lib/outlook/league/schemas"

export const leagueOptions = (query: LeagueQuery) =>
  queryOptions({
    queryKey: ["league", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/league",
        query,
        async () => (await import("@/lib/outlook/league/schemas")).LeagueTable,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
