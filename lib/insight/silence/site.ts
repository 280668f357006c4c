import type { OnlineState } from "@/lib/fleet/terminals/words"

/** Another terminal of the same store. `since` is when its state began, in milliseconds since 1970. */
export type Neighbour = { state: OnlineState; since: number | null }

const dayMs = 24 * 3_600_000
/** Terminals fall silent together if they become offline so soon after each other: some send rarely. */
const togetherMs = 2 * dayMs

/**
 * Whether so many of a store's other terminals are silent, too, that the fault is the store's: half of them,
 * and after a day all of them. Those that became offline long before or after this one say nothing.
 */
export function isSiteSilent(
  others: readonly Neighbour[],
  { since, now }: { since: number; now: number },
): boolean {
  const known = others.filter(
    (one) =>
      one.state !== "unknown" &&
      (one.state !== "offline" || Math.abs((one.since ?? now) - since) < togetherMs),
  )
  const silent = known.filter(({ state }) => state !== "online")
  const fewest = now - since < dayMs ? known.length / 2 : known.length
  return known.length > 0 && silent.length >= fewest
}

/** A terminal that has been offline for a day says nothing of whether its store opened today. */
const saysMuch = ({ state, since }: Neighbour, now: number): boolean =>
  state !== "unknown" && (state !== "offline" || now - (since ?? now) < dayMs)

type Living = Neighbour & { lastSignAt: number | null; lastSaleAt: number | null }

/**
 * Whether most of a store's other terminals have given a sign of life since it was to open. One of them must
 * have sold: those that are on at night say nothing of a store that opens late or has a holiday.
 */
export function isSiteUp(
  others: readonly Living[],
  { opened, now }: { opened: number; now: number },
): boolean {
  const known = others.filter((one) => saysMuch(one, now))
  const isSince = (at: number | null) => at !== null && at >= opened
  return (
    2 * known.filter(({ lastSignAt }) => isSince(lastSignAt)).length > known.length &&
    known.some(({ lastSaleAt }) => isSince(lastSaleAt))
  )
}
