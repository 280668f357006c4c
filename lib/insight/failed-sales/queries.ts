import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { FailedSaleQuery } from "@/lib/insight/failed-sales/schemas"

export const failedSalesOptions = (query: Partial<FailedSaleQuery>) =>
  queryOptions({
    queryKey: ["failed-sales", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/failed-sales",
        query,
        async () => (await import("@/lib/insight/failed-sales/schemas")).FailedSalePage,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
