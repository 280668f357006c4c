import type { OnlineState } from "@/lib/fleet/terminals/words"

/** Another terminal of the same store. `since` is when its state began, in milliseconds since 1970. */
export type Neighbour = { state: OnlineState; since: number | null }

/** A terminal that has been offline for so long says nothing about its store today. */
const longMs = 24 * 3_600_000

const saysMuch = ({ state, since }: Neighbour, now: number): boolean =>
  state !== "unknown" && (state !== "offline" || now - (since ?? now) < longMs)

/** Whether so many of a store's other terminals are silent, too, that the fault is the store's. */
export function isSiteSilent(others: readonly Neighbour[], now: number): boolean {
  const known = others.filter((one) => saysMuch(one, now))
  return known.length > 0 && 2 * known.filter(({ state }) => state !== "online").length >= known.length
}

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
