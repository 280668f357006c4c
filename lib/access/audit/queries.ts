import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { AuditQuery } from "@/lib/access/audit/schemas"
import { getJson } from "@/lib/base/http/get-json"

const schemas = () => import("@/lib/access/audit/schemas")
const address = "/api/v1/audit"

export const auditOptions = (query: Partial<AuditQuery>) =>
  queryOptions({
    queryKey: ["audit", "list", query],
    queryFn: ({ signal }) => getJson(address, query, async () => (await schemas()).AuditPage, signal),
    placeholderData: keepPreviousData,
  })

export const auditFacetsOptions = () =>
  queryOptions({
    queryKey: ["audit", "facets"],
    queryFn: ({ signal }) =>
      getJson(`${address}/facets`, {}, async () => (await schemas()).AuditFacets, signal),
  })
