import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { RangeName } from "@/lib/base/time/range-names"

const schemas = () => import("@/lib/insight/availability/schemas")

export const availabilityOptions = (query: { range: RangeName; terminal?: number; store?: number }) =>
  queryOptions({
    queryKey: ["availability", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/availability", query, async () => (await schemas()).Availability, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
