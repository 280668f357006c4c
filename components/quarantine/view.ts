import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { rejectionCodes } from "@/lib/intake/ingest/answer"
import { quarantineStates, quarantineViews, recordKinds } from "@/lib/intake/quarantine/words"

/** The search parameters of the quarantine. */
export const quarantineView = {
  code: parseAsStringLiteral(rejectionCodes),
  kind: parseAsStringLiteral(recordKinds),
  state: parseAsStringLiteral(quarantineStates).withDefault("open"),
  terminal: parseAsString,
  view: parseAsStringLiteral(quarantineViews).withDefault("records"),
  cursor: parseAsString,
}
export const loadQuarantineView = createLoader(quarantineView)
