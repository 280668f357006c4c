import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { flagKinds, flagSorts, ruleNames } from "@/lib/insight/flags/words"

export const flagStates = ["open", "closed"] as const

/** The search parameters of the list of flags. */
export const flagView = {
  kind: parseAsStringLiteral(flagKinds),
  rule: parseAsStringLiteral(ruleNames),
  status: parseAsStringLiteral(flagStates).withDefault("open"),
  store: parseAsInteger,
  q: parseAsString,
  sort: parseAsStringLiteral(flagSorts).withDefault("urgency"),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  cursor: parseAsString,
}

export const loadFlagView = createLoader(flagView)
