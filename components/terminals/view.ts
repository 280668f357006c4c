import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { components } from "@/lib/fleet/catalogue/components"
import {
  onlineStates,
  terminalLacks,
  terminalSorts,
  terminalStatuses,
  warrantyStates,
} from "@/lib/fleet/terminals/words"

export const orders = ["asc", "desc"] as const

/** The search parameters of the list of terminals. */
export const terminalView = {
  q: parseAsString,
  state: parseAsStringLiteral(onlineStates),
  status: parseAsStringLiteral(terminalStatuses),
  merchant: parseAsInteger,
  region: parseAsInteger,
  store: parseAsInteger,
  model: parseAsInteger,
  behind: parseAsStringLiteral(components),
  supplier: parseAsInteger,
  flagged: parseAsStringLiteral(["true"] as const),
  clock: parseAsStringLiteral(["wrong"] as const),
  counters: parseAsStringLiteral(["reset"] as const),
  alike: parseAsStringLiteral(["true"] as const),
  placeholder: parseAsStringLiteral(["true"] as const),
  label: parseAsString,
  warranty: parseAsStringLiteral(warrantyStates),
  lacks: parseAsStringLiteral(terminalLacks),
  sort: parseAsStringLiteral(terminalSorts).withDefault("serial"),
  order: parseAsStringLiteral(orders).withDefault("asc"),
  cursor: parseAsString,
}

export const loadTerminalView = createLoader(terminalView)
export type TerminalView = Awaited<ReturnType<typeof loadTerminalView>>
