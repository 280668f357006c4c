import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { FlagQuery } from "@/lib/flags/schemas"
import { getJson } from "@/lib/http/get-json"

const schemas = () => import("@/lib/flags/schemas")

export const flagListOptions = (query: Partial<FlagQuery>) =>
  queryOptions({
    queryKey: ["flags", query],
    queryFn: ({ signal }) => getJson("/api/v1/flags", query, async () => (await schemas()).FlagPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
