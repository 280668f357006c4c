import { catalogueOptions } from "@/lib/fleet/catalogue/queries"

export const codeSystemsOptions = () =>
  catalogueOptions("code-packs", async () => (await import("@/lib/fleet/code-packs/schemas")).CodePackList)
