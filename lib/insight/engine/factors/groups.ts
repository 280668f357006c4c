import { signalCount } from "@/lib/insight/engine/terms/signals"

/** Numbers for names: terminals of the same name have the same number. */
export function numbered(names: readonly string[]): { of: Int32Array; names: string[] } {
  const numbers = new Map<string, number>()
  const of = new Int32Array(names.length)
  for (const [i, name] of names.entries()) {
    let number = numbers.get(name)
    if (number === undefined) {
      number = numbers.size
      numbers.set(name, number)
    }
    of[i] = number
  }
  return { of, names: [...numbers.keys()] }
}

/** Observed and expected counts by group and signal. */
export type GroupSums = { observed: Float64Array; expected: Float64Array }

export type Members = { of: Int32Array; count: number }

/** What a terminal adds to its group at most, so that one broken terminal is not its group's standard. */
const cutOwn = (observed: number, expected: number): number =>
  Math.max(0, Math.min(observed, 3 * expected + 3))

/**
 * Counts by terminal and signal. Worked out when they are asked for: a large fleet's arrays of what is worked
 * out would take most of a night's memory.
 */
export type Series = { observed: (at: number) => number; expected: (at: number) => number }

export const numbersIn =
  (values: ArrayLike<number>) =>
  (at: number): number =>
    values[at] ?? 0

/**
 * Each terminal's counts, as much as they say of its group: a terminal differs from its group by this
 * variance, so that its hundredth failure says less than another terminal's first.
 */
export function weighed({ observed, expected }: Series, variances: ArrayLike<number>): Series {
  const weight = (at: number) => 1 / (1 + (variances[at % signalCount] ?? 0) * expected(at))
  return {
    observed: (at) => cutOwn(observed(at), expected(at)) * weight(at),
    expected: (at) => expected(at) * weight(at),
  }
}

/** Sums over the terminals of each group. */
export function groupSums({ of, count }: Members, { observed, expected }: Series): GroupSums {
  const sums = {
    observed: new Float64Array(count * signalCount),
    expected: new Float64Array(count * signalCount),
  }
  for (let i = 0; i < of.length; i += 1)
    for (let s = 0; s < signalCount; s += 1) {
      const from = i * signalCount + s
      const to = (of[i] ?? 0) * signalCount + s
      sums.observed[to] = (sums.observed[to] ?? 0) + Math.max(0, observed(from))
      sums.expected[to] = (sums.expected[to] ?? 0) + expected(from)
    }
  return sums
}
