import { catalogueOptions } from "@/lib/fleet/catalogue/queries"

const schemas = () => import("@/lib/fleet/releases/schemas")

export const releasesOptions = () => catalogueOptions("releases", async () => (await schemas()).ReleaseList)
export const policiesOptions = () =>
  catalogueOptions("release-policies", async () => (await schemas()).PolicyList)
