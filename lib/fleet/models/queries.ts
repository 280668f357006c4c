import { catalogueOptions } from "@/lib/fleet/catalogue/queries"

const schemas = () => import("@/lib/fleet/models/schemas")

export const modelsOptions = () => catalogueOptions("models", async () => (await schemas()).ModelList)
export const modelOptions = (id: number) =>
  catalogueOptions(`models/${id}`, async () => (await schemas()).ModelPage)
