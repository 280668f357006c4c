import { scaleOf, type Scale } from "@/components/charts/prepare/scale"
import { countQuantile } from "@/lib/base/statistics/negative-binomial"
import type { Evidence } from "@/lib/insight/evidence/schemas"

/** A terminal: failures expected, and observed over expected. */
export type FunnelPoint = { expected: number; ratio: number; serial: string }
/** The ratios within which 95 % and 99.8 % of healthy terminals are, by failures expected. */
export type FunnelLimit = { expected: number; low: number; high: number; farLow: number; farHigh: number }

/** How much healthy terminals differ, and their days over four weeks. */
const size = 1 / (0.1 + 0.1 / 28)
/** Above so many times as many as expected, the limits of terminals with few failures are cut off. */
const leastTop = 2
const steps = 40
const fewest = 0.2

const pointOf = ({ observed, expected }: Evidence["own"], serial: string): FunnelPoint[] =>
  expected >= fewest ? [{ expected, ratio: observed / expected, serial }] : []

export const funnelPoints = ({ others }: Evidence): FunnelPoint[] =>
  others.flatMap((one) => pointOf(one, one.serial))

export const ownPoint = ({ own }: Evidence, serial: string): FunnelPoint[] => pointOf(own, serial)

/** The axes: to the right how many failures are expected, upwards how many times as many there were. */
export const funnelScales = (points: readonly FunnelPoint[]): { expected: Scale; ratio: Scale } => ({
  expected: scaleOf(
    points.map(({ expected }) => expected),
    { has: [0, 1] },
  ),
  ratio: scaleOf(
    points.map(({ ratio }) => ratio),
    { has: [0, leastTop] },
  ),
})

/** The limits over the range of these points. They are of a count yet to be seen, not of a mean. */
export function funnelLimits(points: readonly FunnelPoint[]): FunnelLimit[] {
  const [, most] = funnelScales(points).expected.domain
  return Array.from({ length: steps }, (_, i) => {
    const expected = fewest + ((most - fewest) * i) / (steps - 1)
    const at = (p: number) => countQuantile(p, expected, size) / expected
    return { expected, low: at(0.025), high: at(0.975), farLow: at(0.001), farHigh: at(0.999) }
  })
}
