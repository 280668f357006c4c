import { isStatusAction, type Action } from "@/lib/fleet/terminals/life/actions"
import type { Verb } from "@/lib/fleet/terminals/life/life-queries"

/** The values of a form, as the API takes them. */
export type Filled = {
  store: number | null
  tid: string
  acquirer: number | null
  replacement: number | null
  oldStatus: string
  oldStore: number | null
  labels: string[]
  removed: string[]
  supplier: number | null
  boughtOn: string | null
  warrantyUntil: string | null
  at: string
  note: string
}

/** The verb and its request body. */
export type LifeRequest = { verb: Verb | "labels" | "purchase"; body: Record<string, unknown> }

const given = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""))

/** The request for an action. Null while a required value is missing. */
export function lifeRequest(action: Action, filled: Filled): LifeRequest | null {
  const {
    store,
    tid,
    acquirer,
    replacement,
    oldStatus,
    oldStore,
    labels,
    removed,
    supplier,
    boughtOn,
    warrantyUntil,
  } = filled
  const options = { at: filled.at && new Date(filled.at).toISOString(), note: filled.note.trim() }
  const asked = (verb: LifeRequest["verb"], body: Record<string, unknown>) => ({
    verb,
    body: given({ ...body, ...(verb === "labels" || verb === "purchase" ? {} : options) }),
  })
  if (isStatusAction(action)) return asked("status", { status: action })
  switch (action) {
    case "enrol":
      return asked("enrol", { store })
    case "move":
      return store === null ? null : asked("move", { store })
    case "tid":
      return tid.trim() === "" ? null : asked("tid", { tid: tid.trim(), acquirer })
    case "endTid":
      return tid === "" ? null : asked("tid", { tid, acquirer, end: true })
    case "swap":
      return replacement === null ? null : asked("swap", { replacement, oldStatus, oldStore })
    case "labels":
      return labels.length + removed.length === 0 ? null : asked("labels", { add: labels, remove: removed })
    case "purchase":
      return (supplier ?? boughtOn ?? warrantyUntil) === null
        ? null
        : asked("purchase", { supplierId: supplier, boughtOn, warrantyUntil })
    case "edit":
      return null
  }
}
