import type { OnlineState } from "@/lib/fleet/terminals/words"

// A terminal that falls silent again and again. Each time counts one, and half after six hours, as routes are
// damped in BGP (RFC 2439).

/** How often a terminal fell silent, as of an instant. */
export type Flaps = { flaps: number; at: number | null }

const halfLifeMs = 6 * 3_600_000
export const flapsToFlag = 3
/** Below, it has been steady for long enough. */
const steadyBelow = 1
/** So often the others of a store fall silent where its line is at fault. */
const flapsOfSite = 2

export const flapsAt = ({ flaps, at }: Flaps, now: number): number =>
  at === null ? 0 : flaps * 0.5 ** ((now - at) / halfLifeMs)

/** As `flapsAt`, of a terminal as statements answer it. */
export const flapsOf = ({ flaps, flapped_at: at }: { flaps: number; flapped_at: Date | null }, now: Date) =>
  flapsAt({ flaps, at: at?.getTime() ?? null }, now.getTime())

const isDown = (state: OnlineState) => state === "suspect" || state === "offline"

/** Counts a change of state. Of unknown states nothing is counted. */
export const flapsAfter = (
  before: Flaps,
  { from, to, now }: { from: OnlineState; to: OnlineState; now: number },
): Flaps =>
  isDown(to) && !isDown(from) && from !== "unknown" ? { flaps: flapsAt(before, now) + 1, at: now } : before

export const isSteady = (flaps: number): boolean => flaps < steadyBelow

/** When a terminal that stays as it is becomes steady. */
export const steadyFrom = (flaps: number, now: number): number =>
  now + halfLifeMs * Math.max(0, Math.log2(flaps / steadyBelow))

const isWithSite = (flaps: number): boolean => flaps >= flapsOfSite
const areMost = (flapping: number, others: number): boolean => others > 0 && 2 * flapping >= others

/** Whether the others of a store flap too, by how often each fell silent. */
export const isSiteFlapping = (others: readonly number[]): boolean =>
  areMost(others.filter(isWithSite).length, others.length)

/** Of each terminal of a store, whether the others flap too. */
export function sitesFlapping(site: readonly number[]): boolean[] {
  const flapping = site.filter(isWithSite).length
  return site.map((own) => areMost(flapping - Number(isWithSite(own)), site.length - 1))
}
