import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import { countStates } from "@/lib/outlook/overview/sql"

/** Active terminals by online state. Those of a large organisation are as old as a screen lets them become. */
export const statesOfFleet = keptCounts(countStates, { freshMs: 5_000, mostMs: 30_000 })
