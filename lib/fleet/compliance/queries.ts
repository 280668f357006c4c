import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { catalogueKey } from "@/lib/fleet/catalogue/queries"
import type { ComplianceQuery } from "@/lib/fleet/compliance/schemas"

export const complianceOptions = (query: ComplianceQuery) =>
  queryOptions({
    queryKey: [...catalogueKey, "compliance", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/compliance",
        query,
        async () => (await import("@/lib/fleet/compliance/schemas")).Compliance,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
