import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { given } from "@/lib/base/http/given"
import { flagKinds, flagSorts, ruleNames } from "@/lib/insight/flags/words"

/** Open flags are shown without those that are snoozed. */
export const flagStates = ["open", "snoozed", "closed"] as const

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

const stateFilters = {
  open: { status: "open", snoozed: "hide" },
  snoozed: { status: "open", snoozed: "only" },
  closed: { status: "closed" },
} as const

/** The API's query of what the address says. */
export const flagQuery = <View extends { status: (typeof flagStates)[number] }>({
  status,
  ...view
}: View) => ({
  ...given(view),
  ...stateFilters[status],
})
