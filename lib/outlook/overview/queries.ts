import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { OverviewQuery } from "@/lib/outlook/overview/schemas"

const schemas = () => import("@/lib/outlook/overview/schemas")

export const overviewOptions = (query: OverviewQuery) =>
  queryOptions({
    queryKey: ["overview", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/overview", query, async () => (await schemas()).Overview, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
