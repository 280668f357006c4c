import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { windowStates } from "@/lib/fleet/maintenance/words"

/** The search parameters of the list of maintenance windows. `terminal`: those that concern it. */
export const windowView = {
  state: parseAsStringLiteral(windowStates).withDefault("current"),
  terminal: parseAsInteger,
  cursor: parseAsString,
}
export const loadWindowView = createLoader(windowView)
