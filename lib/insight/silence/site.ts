import type { OnlineState } from "@/lib/fleet/terminals/words"

/** Another terminal of the same store. `since` is when its state began, in milliseconds since 1970. */
export type Neighbour = { state: OnlineState; since: number | null }

/** A terminal that has been offline for so long says nothing about its store today. */
const longMs = 24 * 3_600_000

/** Whether so many of a store's other terminals are silent, too, that the fault is the store's. */
export function isSiteSilent(others: readonly Neighbour[], now: number): boolean {
  const known = others.filter(
    ({ state, since }) => state !== "unknown" && (state !== "offline" || now - (since ?? now) < longMs),
  )
  return known.length > 0 && 2 * known.filter(({ state }) => state !== "online").length >= known.length
}
