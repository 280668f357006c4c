import { ratios, type Ratio, type RatioCode } from "@/lib/insight/verdicts/likelihoods"
import { verdictCauses, type VerdictCause } from "@/lib/insight/verdicts/priors"

/** A judged sale whose cause is known: its kind of failure, and what was said for and against causes. */
export type Known = { kind: string; codes: readonly string[]; real: string }
export type Learnt = { code: RatioCode; cause: VerdictCause; shipped: number; learnt: number; sales: number }

/** As many sales with the evidence as the shipped ratio counts for. */
const shippedSales = 50

const codes = Object.keys(ratios).filter((code): code is RatioCode => code in ratios)

/** Counts judged sales, and learns from them. */
export class RatioTally {
  readonly #kinds = new Set<string>()
  readonly #counts = new Map<string, number>()

  add({ kind, codes: said, real }: Known): void {
    this.#kinds.add(kind)
    for (const key of [`${kind} ${real}`, ...said.map((code) => `${kind} ${real} ${code}`)])
      this.#counts.set(key, this.#count(key) + 1)
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  /**
   * How many times more often each evidence was there with a cause than with those that its ratio does not
   * name: the risk ratio of Mantel and Haenszel over the kinds of failures (Rothman, Modern Epidemiology,
   * chapter 15), drawn to the shipped one where sales are few.
   */
  learnt(): Learnt[] {
    return codes.flatMap((code) => {
      const entry: Ratio = ratios[code]
      const others = verdictCauses.filter((one) => entry.ratios[one] === undefined)
      return verdictCauses.flatMap((cause) => {
        const shipped = entry.ratios[cause]
        if (shipped === undefined) return []
        const { ratio, sales } = this.#riskRatio(code, cause, others)
        if (ratio === null) return []
        const weight = sales / (sales + shippedSales)
        const learnt = Math.exp(weight * Math.log(ratio) + (1 - weight) * Math.log(shipped))
        return { code, cause, shipped, learnt, sales }
      })
    })
  }

  #riskRatio(code: RatioCode, cause: VerdictCause, others: readonly VerdictCause[]) {
    let [withCause, without, sales] = [0, 0, 0]
    const sum =
      (of: readonly string[], more = "") =>
      (kind: string) =>
        of.reduce((total, real) => total + this.#count(`${kind} ${real}${more}`), 0)
    const [own, other] = [sum([cause]), sum(others)]
    const [ownSeen, otherSeen] = [sum([cause], ` ${code}`), sum(others, ` ${code}`)]
    for (const kind of this.#kinds) {
      const seen = ownSeen(kind) + otherSeen(kind)
      // Evidence that a kind never has says nothing of it.
      if (seen === 0) continue
      const total = own(kind) + other(kind)
      withCause += (ownSeen(kind) * other(kind)) / total
      without += (otherSeen(kind) * own(kind)) / total
      sales += seen
    }
    return { ratio: withCause > 0 && without > 0 ? withCause / without : null, sales }
  }
}

/** The shipped ratios beside the learnt ones, as Markdown. */
export const ratiosTable = (learnt: readonly Learnt[]): string =>
  [
    "| evidence | cause | shipped | learnt | sales |",
    "| --- | --- | --- | --- | --- |",
    ...learnt.map(
      ({ code, cause, shipped, learnt: ratio, sales }) =>
        `| ${code} | ${cause} | ${shipped} | ${Number(ratio.toPrecision(2))} | ${sales} |`,
    ),
  ].join("\n")
