import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { catalogueKey, catalogueOptions } from "@/lib/fleet/catalogue/queries"
import type { PolicyPreviewQuery } from "@/lib/fleet/releases/schemas"

const schemas = () => import("@/lib/fleet/releases/schemas")

export const releasesOptions = () => catalogueOptions("releases", async () => (await schemas()).ReleaseList)
export const policiesOptions = () =>
  catalogueOptions("release-policies", async () => (await schemas()).PolicyList)

/** What a policy would do, before it is saved. */
export const policyPreviewOptions = (query: PolicyPreviewQuery) =>
  queryOptions({
    queryKey: [...catalogueKey, "release-policies/preview", query],
    queryFn: async ({ signal }) =>
      getJson("/api/v1/release-policies/preview", query, async () => (await schemas()).PolicyPreview, signal),
    placeholderData: keepPreviousData,
  })
