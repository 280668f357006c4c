import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { Against } from "@/lib/insight/verdicts/excess"
import type { ComparisonCode, RatioCode, RatioTable } from "@/lib/insight/verdicts/likelihoods"
import { verdictCauses, type Shares } from "@/lib/insight/verdicts/priors"
import type { Evidence } from "@/lib/insight/verdicts/schemas"

/** A verdict names the cause with the largest share, if it is at least this large. */
const leastShare = 0.4
/** Evidence that changes no share by this factor is not worth a sentence. */
const leastWeight = 0.1
/** All fixed ratios of a cause together: pieces of evidence are seldom independent. */
const mostRatio = 50
/** Something that nobody thought of. */
const otherShare = 0.03

/** The cause that a verdict names; unknown if nothing decides. */
export function causeOfShares(shares: Shares): Cause {
  const [best, next] = verdictCauses.toSorted((a, b) => shares[b] - shares[a])
  if (!best || !next || shares[best] < leastShare || shares[best] === shares[next]) return "unknown"
  return best
}

export type Numbers = Record<string, number | string>
/** What was seen, and by how much it is more often than usual. */
export type Found = { seen: Against; excess: number }
export type CardCode =
  | "card_fails_elsewhere"
  | "card_works_elsewhere"
  | "card_worked_before"
  | "card_works_here"
export type SpillCode = "spill_terminal" | "spill_issuer" | "spill_store"
export type Verdict = { cause: Cause; p: Shares; evidence: Evidence[] }

type Added = { evidence: Evidence; excess: Partial<Shares>; weight: number }

const rounded = (value: number) => Math.round(value * 10) / 10

/** Collects what speaks for and against causes. */
export class Scales {
  readonly #prior: Shares
  readonly #table: RatioTable
  readonly #excesses: Added[] = []
  readonly #ratios: { evidence: Evidence; ratios: Partial<Shares> }[] = []

  constructor(prior: Shares, table: RatioTable) {
    this.#prior = prior
    this.#table = table
  }

  /** Failures come more often than usual, which adds to the causes that would do this. */
  addExcess(
    code: ComparisonCode | SpillCode,
    { seen, excess }: Found,
    { towards, numbers = {} }: { towards: Partial<Shares>; numbers?: Numbers },
  ): void {
    const added: Partial<Shares> = {}
    let weight = 0
    for (const cause of verdictCauses) {
      const share = excess * (towards[cause] ?? 0)
      if (share === 0) continue
      added[cause] = share
      weight = Math.max(weight, Math.log(1 + share / Math.max(0.01, this.#prior[cause])))
    }
    if (weight < leastWeight) return
    const evidence = { code, observed: seen.observed + 1, expected: rounded(seen.expected), ...numbers }
    this.#excesses.push({ evidence, excess: added, weight })
  }

  addRatio(code: RatioCode, numbers: Numbers = {}, times = 1): void {
    const entry = this.#table[code]
    const all: Partial<Shares> = {}
    for (const cause of verdictCauses) {
      const ratio = entry.ratios[cause]
      if (ratio !== undefined) all[cause] = ratio ** times
    }
    this.#ratios.push({ evidence: { code, ...numbers }, ratios: all })
  }

  /** What the card did at other times. */
  addCard(code: CardCode, numbers: Numbers, ratio: number): void {
    this.#ratios.push({ evidence: { code, ...numbers }, ratios: { card: ratio } })
  }

  /** Of excesses towards one cause the largest counts: they are mostly the same failures, seen twice. */
  verdict(): Verdict {
    const raw: Shares = { ...this.#prior }
    for (const cause of verdictCauses) {
      const most = Math.max(0, ...this.#excesses.map(({ excess }) => excess[cause] ?? 0))
      const ratio = this.#ratios.reduce((product, one) => product * (one.ratios[cause] ?? 1), 1)
      raw[cause] = (this.#prior[cause] + most) * Math.min(mostRatio, Math.max(1 / mostRatio, ratio))
    }
    const total = verdictCauses.reduce((sum, cause) => sum + raw[cause], 0)
    const p = { ...raw }
    for (const cause of verdictCauses)
      p[cause] = (1 - otherShare) * (raw[cause] / total) + otherShare / verdictCauses.length
    return { cause: causeOfShares(p), p, evidence: this.#evidence() }
  }

  #evidence(): Evidence[] {
    const weightOf = (one: Partial<Shares>) =>
      Math.max(...verdictCauses.map((cause) => Math.abs(Math.log(one[cause] ?? 1))))
    return [
      ...this.#excesses.map(({ evidence, weight }) => ({ evidence, weight })),
      ...this.#ratios.map((one) => ({ evidence: one.evidence, weight: weightOf(one.ratios) })),
    ]
      .toSorted((a, b) => b.weight - a.weight)
      .map(({ evidence }) => evidence)
  }
}
