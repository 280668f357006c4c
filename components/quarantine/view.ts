import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { rejectionCodes } from "@/lib/intake/ingest/answer"
import {
  quarantineOrders,
  quarantineStates,
  quarantineViews,
  recordKinds,
} from "@/lib/intake/quarantine/words"

/** The search parameters of the quarantine. `record` is the id of the opened record. */
export const quarantineView = {
  code: parseAsStringLiteral(rejectionCodes),
  kind: parseAsStringLiteral(recordKinds),
  state: parseAsStringLiteral(quarantineStates).withDefault("open"),
  terminal: parseAsString,
  order: parseAsStringLiteral(quarantineOrders).withDefault("desc"),
  view: parseAsStringLiteral(quarantineViews).withDefault("records"),
  cursor: parseAsString,
  record: parseAsInteger,
}
export const loadQuarantineView = createLoader(quarantineView)
export type QuarantineView = Awaited<ReturnType<typeof loadQuarantineView>>

/** The view as the API takes it. */
export const quarantineQueryOf = ({ view: _view, record: _record, ...query }: QuarantineView) => query
