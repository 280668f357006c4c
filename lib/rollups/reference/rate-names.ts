import { channels } from "@/lib/fleet/code-packs/cause"
import { kinds, type Kind } from "@/lib/fleet/code-packs/kind"

/** The columns of a table's rates. */
export const rateNames = kinds.map((kind) => `r_${kind}`)

/** A rate of one, or one failure, as it is stored. */
export const millionths = 1_000_000

/** The column of a kind's observed failures in the terminals' days. */
export const observedName = (kind: Kind): string =>
  channels.some((channel) => channel === kind) ? `ch_${kind}` : `k_${kind}`
