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
  return areMost(silent.length, known.length, now - since)
}

const areMost = (silent: number, known: number, offlineMs: number): boolean =>
  known > 0 && silent >= (offlineMs < dayMs ? known / 2 : known)

/**
 * The offline terminals of a store whose others are silent, too. A store may have thousands, so they are not
 * compared with each other: those that became offline around the same time are counted in a sorted list.
 */
export function silentWithSite<Terminal extends Neighbour>(
  site: readonly Terminal[],
  now: number,
): Terminal[] {
  const offline = site.filter(({ state }) => state === "offline")
  const begun = offline.map(({ since }) => since ?? now).toSorted((a, b) => a - b)
  const standing = site.filter(({ state }) => state !== "offline" && state !== "unknown")
  const silent = standing.filter(({ state }) => state !== "online").length
  return offline.filter((one) => {
    const since = one.since ?? now
    const near = countBelow(begun, since + togetherMs) - countBelow(begun, since - togetherMs + 1)
    const others = near - 1
    return areMost(silent + others, standing.length + others, now - since)
  })
}

/** How many of these sorted numbers are below a limit. */
function countBelow(sorted: readonly number[], limit: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? limit) < limit) from = middle + 1
    else to = middle
  }
  return from
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
