import type { PurchaseValues } from "@/components/terminals/purchase-fields"
import type { SwappedStatus } from "@/lib/fleet/terminals/life/life"

/** The values of the forms of all actions. Each action uses some of them. */
export type LifeValues = PurchaseValues & {
  store: number | null
  tid: string
  acquirer: number | null
  replacement: number | null
  oldStatus: SwappedStatus
  oldStore: number | null
  labels: string[]
  removed: string[]
  model: number | null
  codeSystem: string
  /** Local date and time; empty means now. */
  at: string
  note: string
}

export const noValues: LifeValues = {
  store: null,
  tid: "",
  acquirer: null,
  replacement: null,
  oldStatus: "in_repair",
  oldStore: null,
  labels: [],
  removed: [],
  model: null,
  codeSystem: "",
  supplier: null,
  boughtOn: null,
  warrantyUntil: null,
  at: "",
  note: "",
}
