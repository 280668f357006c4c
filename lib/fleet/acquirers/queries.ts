import { catalogueOptions } from "@/lib/fleet/catalogue/queries"

export const acquirersOptions = () =>
  catalogueOptions("acquirers", async () => (await import("@/lib/fleet/acquirers/schemas")).AcquirerList)
