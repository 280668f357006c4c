import {
  ratios,
  shippedRatios,
  type Ratio,
  type RatioCode,
  type RatioTable,
} from "@/lib/insight/verdicts/likelihoods"
import { verdictCauses, type VerdictCause } from "@/lib/insight/verdicts/priors"

/** A judged sale whose cause is known: its kind of failure, and what was said for and against causes. */
export type Known = { kind: string; codes: readonly string[]; real: string; weight?: number }
export type Learnt = { code: RatioCode; cause: VerdictCause; shipped: number; learnt: number; seen: number }

/**
 * `worth`: as many sales with the evidence as the shipped ratio counts for. `most`: the factor by which a
 * learnt ratio differs from the shipped one at most.
 */
export type Shrinkage = { worth: number; most: number }
export const bySales: Shrinkage = { worth: 50, most: Infinity }
/** The sales of a finding count as one, because they have the same cause. */
export const byFindings: Shrinkage = { worth: 20, most: 2 }

/** Counts judged sales, and learns from them. `counts` are those of an earlier tally. */
export class RatioTally {
  readonly #counts: Map<string, number>

  constructor(counts: Readonly<Record<string, number>> = {}) {
    this.#counts = new Map(Object.entries(counts))
  }

  get counts(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }

  add({ kind, codes: said, real, weight = 1 }: Known): void {
    for (const key of [`${kind} ${real}`, ...said.map((code) => `${kind} ${real} ${code}`)])
      this.#counts.set(key, this.#count(key) + weight)
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  /**
   * How many times more often each evidence was there with a cause than with those that its ratio does not
   * name: the risk ratio of Mantel and Haenszel over the kinds of failures (Rothman, Modern Epidemiology,
   * chapter 15), drawn to the shipped one where sales are few.
   */
  learnt({ worth, most }: Shrinkage): Learnt[] {
    const kinds = new Set([...this.#counts.keys()].map((key) => key.split(" ")[0] ?? ""))
    return shippedRatios.flatMap(({ code, cause, shipped }) => {
      const entry: Ratio = ratios[code]
      const others = verdictCauses.filter((one) => entry.ratios[one] === undefined)
      const { ratio, seen } = this.#riskRatio(kinds, { code, cause, others })
      if (ratio === null) return []
      const weight = seen / (seen + worth)
      const change = Math.min(most, Math.max(1 / most, (ratio / shipped) ** weight))
      return { code, cause, shipped, learnt: shipped * change, seen }
    })
  }

  #riskRatio(
    kinds: ReadonlySet<string>,
    { code, cause, others }: { code: RatioCode; cause: VerdictCause; others: readonly VerdictCause[] },
  ) {
    let [withCause, without, all] = [0, 0, 0]
    const sum =
      (of: readonly string[], more = "") =>
      (kind: string) =>
        of.reduce((total, real) => total + this.#count(`${kind} ${real}${more}`), 0)
    const [own, other] = [sum([cause]), sum(others)]
    const [ownSeen, otherSeen] = [sum([cause], ` ${code}`), sum(others, ` ${code}`)]
    for (const kind of kinds) {
      const seen = ownSeen(kind) + otherSeen(kind)
      // Evidence that a kind never has says nothing of it.
      if (seen === 0) continue
      const total = own(kind) + other(kind)
      withCause += (ownSeen(kind) * other(kind)) / total
      without += (otherSeen(kind) * own(kind)) / total
      all += seen
    }
    return { ratio: withCause > 0 && without > 0 ? withCause / without : null, seen: all }
  }
}

/** The table by which sales are judged: shipped ratios, and learnt ones in their place. */
export function tableWith(learnt: readonly Pick<Learnt, "code" | "cause" | "learnt">[]): RatioTable {
  const table: Record<RatioCode, RatioTable[RatioCode]> = { ...ratios }
  for (const { code, cause, learnt: ratio } of learnt)
    table[code] = { ratios: { ...table[code].ratios, [cause]: ratio } }
  return table
}
