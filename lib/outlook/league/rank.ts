import { fewestAttempts, fewestTerminals } from "@/lib/outlook/league/words"

type RankInput = {
  name: string
  terminals: number
  attempts: number
  interval: readonly [low: number, high: number] | null
}

export const isComparable = ({ terminals, attempts }: Pick<RankInput, "terminals" | "attempts">): boolean =>
  terminals >= fewestTerminals && attempts >= fewestAttempts

/**
 * Sorts by the upper end of the failure rate's interval, so that few sales do not lead, then by the lower
 * end. Groups that cannot be compared come last.
 */
export const byStability = (a: RankInput, b: RankInput): number =>
  Number(isComparable(b)) - Number(isComparable(a)) ||
  bound(a, 1) - bound(b, 1) ||
  bound(a, 0) - bound(b, 0) ||
  a.name.localeCompare(b.name)

const bound = ({ interval }: RankInput, which: 0 | 1): number => interval?.[which] ?? 1
