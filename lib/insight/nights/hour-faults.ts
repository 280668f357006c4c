import { upperTail } from "@/lib/base/statistics/negative-binomial"
import { ratioInterval, shrunkRatio } from "@/lib/base/statistics/shrinkage"
import { mostVariance } from "@/lib/insight/engine/null"
import type { Count } from "@/lib/insight/engine/terms/input"
import { gates } from "@/lib/insight/engine/terms/settings"
import type { kindOf } from "@/lib/insight/evidence/words"
import type { NightlyRule } from "@/lib/insight/flags/words"

/** The rules for which one day can say enough. A line's failures of a day may be the store's. */
export const hourlyRules = [
  "keys",
  "chip_reader",
  "contactless_reader",
  "magstripe_reader",
  "pin_pad",
  "clock",
] as const satisfies readonly NightlyRule[]
export type HourlyRule = (typeof hourlyRules)[number]
export type HourlyKind = (typeof kindOf)[HourlyRule]

/** Of rare failures, a few on one day are chance. */
const leastExpected = 0.25
/** One card that is tried again and again is no fault. */
export const fewestCards = 4

/** A terminal's day so far, with the same of its store and of its software, and of the whole fleet. */
export type Suspect = { own: Count; store: Count; release: Count; fleet: Count }

/** The numbers of a fault that is beyond doubt; null where it is not, or where others fail as well. */
export function faultOf({ own, store, release, fleet }: Suspect) {
  const expected = Math.max(leastExpected, own.expected)
  const weight = 1 / mostVariance
  const p = upperTail(own.observed, expected, weight)
  const others = { store: without(store, own), release: without(release, own) }
  if (p >= gates.certain || [others.store, others.release, without(fleet, own)].some(isUnusual)) return null
  return {
    p,
    ratio: shrunkRatio(own.observed, own.expected, weight),
    interval: ratioInterval(own.observed, own.expected, { weight }),
    others,
  }
}

const without = (all: Count, one: Count): Count => ({
  observed: all.observed - one.observed,
  expected: all.expected - one.expected,
})

const isUnusual = ({ observed, expected }: Count) =>
  observed - expected >= gates.excess && observed >= gates.ratio * expected
