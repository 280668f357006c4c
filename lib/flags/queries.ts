import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { FlagPage, type FlagQuery } from "@/lib/flags/schemas"
import { getJson } from "@/lib/http/get-json"

export const flagListOptions = (query: Partial<FlagQuery>) =>
  queryOptions({
    queryKey: ["flags", query],
    queryFn: ({ signal }) => getJson("/api/v1/flags", query, FlagPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
