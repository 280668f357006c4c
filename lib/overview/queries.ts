import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/http/get-json"
import { Overview, type OverviewQuery } from "@/lib/overview/schemas"

export const overviewOptions = (query: OverviewQuery) =>
  queryOptions({
    queryKey: ["overview", query],
    queryFn: ({ signal }) => getJson("/api/v1/overview", query, Overview, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
