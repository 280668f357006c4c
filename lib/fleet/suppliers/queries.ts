import { catalogueOptions } from "@/lib/fleet/catalogue/queries"

export const suppliersOptions = () =>
  catalogueOptions("suppliers", async () => (await import("@/lib/fleet/suppliers/schemas")).SupplierList)
