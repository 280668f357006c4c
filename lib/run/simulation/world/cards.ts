import { createHash } from "node:crypto"
import type { Issuer } from "@/lib/run/simulation/world/fleet"
import type { Sale, TerminalDay } from "@/lib/run/simulation/world/sales"

const regulars = 5003
const storesOfTown = 8
const everyThird = 3

/**
 * The card of a sale. Every third customer is a regular of the stores around, who pays at most once a day at
 * one terminal.
 */
export function cardOf(
  { terminal, day }: Pick<TerminalDay, "terminal" | "day">,
  { number, card, mechanism, issuer }: Sale,
  issuers: readonly Issuer[],
): string {
  if (card !== null) return card
  const { index, store } = terminal
  if (mechanism === "testing" || number % everyThird !== 0) return `f${index}-${day}-${number}`
  const town = Math.floor(store.index / storesOfTown)
  return `r${town}-${issuers[issuer]?.bin ?? ""}-${(number * 37 + day * 101 + index * 53) % regulars}`
}

/** What a record says of a card: an opaque token. */
export const tokenOf = (card: string): string =>
  createHash("sha256").update(card).digest("base64url").slice(0, 22)
