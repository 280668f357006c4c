import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { RangeName } from "@/lib/base/time/range-names"

const schemas = () => import("@/lib/insight/lost-sales/schemas")

export const lostSalesOptions = (query: { range: RangeName; terminal?: number }) =>
  queryOptions({
    queryKey: ["lost-sales", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/lost-sales", query, async () => (await schemas()).LostSales, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
