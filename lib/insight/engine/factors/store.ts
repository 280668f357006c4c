import { groupSums, type GroupSums, type Members, type Series } from "@/lib/insight/engine/factors/groups"
import { weights } from "@/lib/insight/engine/terms/settings"
import { indexOf, signalCount, signals } from "@/lib/insight/engine/terms/signals"

const tech = indexOf("tech")
/** Stores that differ little need many expected failures to be told from the fleet. */
const [leastWeight, mostWeight] = [4, 400]
const leastExpected = 2
const sureness = 2
/** Operators and issuers have factors of their own; keys, PIN pads and clocks are not a store's. */
const ofStores = signals.map((name) =>
  ["tech", "chip", "contactless", "magstripe", "chipReads", "tapReads", "swipeReads", "slowSales"].includes(
    name,
  ),
)

/**
 * How much stores differ, beyond what their terminals' own differences and chance explain, as the weight that
 * draws a store to the fleet: one over the variance between stores. The sums are of `weighed` counts.
 */
export function storeWeights(sums: GroupSums): Float64Array {
  const excess = new Float64Array(signalCount)
  const scale = new Float64Array(signalCount)
  const noise = new Float64Array(signalCount)
  for (let at = 0; at < sums.observed.length; at += 1) {
    const s = at % signalCount
    const e = sums.expected[at] ?? 0
    if (e < leastExpected) continue
    const o = Math.min(sums.observed[at] ?? 0, e + 3 * Math.sqrt(e) + 0.6 * e)
    excess[s] = (excess[s] ?? 0) + (o - e) ** 2 - e
    scale[s] = (scale[s] ?? 0) + e * e
    noise[s] = (noise[s] ?? 0) + 2 * e * e
  }
  return excess.map((value, s) => {
    // An excess within chance is none: a factor that is only noise does harm.
    const sure = value - sureness * Math.sqrt(noise[s] ?? 0)
    const variance = (scale[s] ?? 0) > 0 ? sure / (scale[s] ?? 1) : 0
    return variance <= 1 / mostWeight ? mostWeight : Math.max(leastWeight, 1 / variance)
  })
}

/** Of a terminal and signal. */
type Factor = (at: number) => number

/** What the other terminals of the store have shown for weeks. One without neighbours has the factor 1. */
export function slowStoreFactors(
  stores: Members,
  series: Series,
  { sums, weights: between }: { sums: GroupSums; weights: ArrayLike<number> },
): Factor {
  return leaveOneOut(stores, series, sums, (s, others) => {
    if (!ofStores[s]) return 1
    const weight = s === tech ? leastWeight : (between[s] ?? mostWeight)
    return (weight + others.observed) / (weight + others.expected)
  })
}

/** What the other terminals of the store show today: never less than usual, and of the line alone. */
export function storeDayFactors(stores: Members, today: Series): Factor {
  const { storeDay } = weights
  return leaveOneOut(stores, today, groupSums(stores, today), (s, others) =>
    s === tech ? Math.max(1, (storeDay + others.observed) / (storeDay + others.expected)) : 1,
  )
}

type Others = { observed: number; expected: number }

function leaveOneOut(
  stores: Members,
  series: Series,
  sums: GroupSums,
  factorOf: (signal: number, others: Others) => number,
): Factor {
  return (at) => {
    const signal = at % signalCount
    const group = (stores.of[(at - signal) / signalCount] ?? 0) * signalCount + signal
    const expected = (sums.expected[group] ?? 0) - series.expected(at)
    if (expected <= 1e-9) return 1
    const observed = Math.max(0, (sums.observed[group] ?? 0) - Math.max(0, series.observed(at)))
    return factorOf(signal, { observed, expected })
  }
}
