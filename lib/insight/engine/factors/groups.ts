import { signalCount } from "@/lib/insight/engine/signals"

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
export const cutOwn = (observed: number, expected: number): number =>
  Math.max(0, Math.min(observed, 3 * expected + 3))

export type Series = { observed: ArrayLike<number>; expected: ArrayLike<number> }

/** Sums over the terminals of each group; `ownOf` is what one of them adds. */
export function groupSums(
  { of, count }: Members,
  { observed, expected }: Series,
  ownOf: (observed: number, expected: number) => number = cutOwn,
): GroupSums {
  const sums = {
    observed: new Float64Array(count * signalCount),
    expected: new Float64Array(count * signalCount),
  }
  for (let i = 0; i < of.length; i += 1)
    for (let s = 0; s < signalCount; s += 1) {
      const from = i * signalCount + s
      const to = (of[i] ?? 0) * signalCount + s
      const e = expected[from] ?? 0
      sums.observed[to] = (sums.observed[to] ?? 0) + ownOf(observed[from] ?? 0, e)
      sums.expected[to] = (sums.expected[to] ?? 0) + e
    }
  return sums
}
