import { createLoader, parseAsInteger, parseAsStringLiteral } from "nuqs/server"
import { given } from "@/lib/base/http/given"
import { rangeNames } from "@/lib/base/time/range-names"
import type { PartyQuery } from "@/lib/insight/parties/schemas"
import { partyKinds } from "@/lib/insight/parties/words"

/** The search parameters of the page of issuers, acquirers and cashiers. */
export const partiesView = {
  by: parseAsStringLiteral(partyKinds).withDefault("issuer"),
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
