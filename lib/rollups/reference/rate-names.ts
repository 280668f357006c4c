import { kinds } from "@/lib/fleet/code-packs/kind"

/** The columns of a table's rates. */
export const rateNames = kinds.map((kind) => `r_${kind}`)

/** A rate of one, or one failure, as it is stored. */
export const millionths = 1_000_000
