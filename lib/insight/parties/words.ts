/** Who takes part in a sale beside the terminal and its customer. */
export const partyKinds = ["issuer", "acquirer", "operator"] as const
export type PartyKind = (typeof partyKinds)[number]
