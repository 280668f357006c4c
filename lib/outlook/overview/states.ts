import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import { countStates } from "@/lib/outlook/overview/sql"

/**
 * Active terminals by online state. Screens ask every few seconds, and those of a large organisation are kept
 * for as long.
 */
export const statesOfFleet = keptCounts(countStates, { freshMs: 5_000, mostMs: 30_000 })
