import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { ConcentrationQuery } from "@/lib/insight/concentration/schemas"

export const concentrationOptions = (query: ConcentrationQuery) =>
  queryOptions({
    queryKey: ["causes", "concentration", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/failure-concentration",
        query,
        async () => (await import("@/lib/insight/concentration/schemas")).Concentration,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
