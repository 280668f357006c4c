import type { Cause } from "@/lib/fleet/code-packs/cause"
import { verdictCauses, type Shares } from "@/lib/insight/verdicts/priors"

/** A verdict names the cause with the largest share, if it is at least this large. */
const leastShare = 0.4

/** The cause that a verdict names; unknown if nothing decides. */
export function causeOfShares(shares: Shares): Cause {
  const [best, next] = verdictCauses.toSorted((a, b) => shares[b] - shares[a])
  if (!best || !next || shares[best] < leastShare || shares[best] === shares[next]) return "unknown"
  return best
}
