import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { FlagQuery } from "@/lib/insight/flags/schemas"

const schemas = () => import("@/lib/insight/flags/schemas")

export const flagListOptions = (query: Partial<FlagQuery>) =>
  queryOptions({
    queryKey: ["flags", query],
    queryFn: ({ signal }) => getJson("/api/v1/flags", query, async () => (await schemas()).FlagPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
