import type { Issuer } from "@/lib/run/simulation/world/fleet"
import type { Parameters } from "@/lib/run/simulation/world/parameters"
import type { Sale } from "@/lib/run/simulation/world/sales"

/** The BIN that a sale's record names; some records name none. */
export function binOf(
  { issuer, number }: Sale,
  issuers: readonly Issuer[],
  { complete }: Parameters,
): string {
  const every = complete && complete.withoutBin > 0 ? Math.round(1 / complete.withoutBin) : 0
  return every > 0 && number % every === every - 1 ? "" : (issuers[issuer]?.bin ?? "")
}
