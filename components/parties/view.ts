import { createLoader, parseAsInteger, parseAsStringLiteral } from "nuqs/server"
import { given } from "@/lib/base/http/given"
import { rangeNames } from "@/lib/base/time/range-names"
import type { PartyQuery } from "@/lib/insight/parties/schemas"
import { partyKinds } from "@/lib/insight/parties/words"
import type { SpeedQuery } from "@/lib/insight/speeds/schemas"
import { speedKinds } from "@/lib/insight/speeds/words"

/** The search parameters of the page of issuers, acquirers and cashiers. */
export const partiesView = {
  by: parseAsStringLiteral(partyKinds).withDefault("issuer"),
  /** By what the durations of sales are shown. */
  speed: parseAsStringLiteral(speedKinds).withDefault("issuer"),
  range: parseAsStringLiteral(rangeNames).withDefault("30d"),
  merchant: parseAsInteger,
  store: parseAsInteger,
}
export const loadPartiesView = createLoader(partiesView)
export type PartiesView = Awaited<ReturnType<typeof loadPartiesView>>

export const partiesQuery = ({ by, range, merchant, store }: PartiesView): PartyQuery => ({
  by,
  range,
  ...given({ merchant, store }),
})

export const speedsQuery = ({ speed, range, merchant, store }: PartiesView): SpeedQuery => ({
  by: speed,
  range,
  ...given({ merchant, store }),
})
