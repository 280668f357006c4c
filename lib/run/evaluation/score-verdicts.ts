import { f1 } from "@/lib/run/evaluation/score-classes"
import { share } from "@/lib/run/evaluation/score-flags"

export const verdictCauses = ["device", "card", "operator", "system"] as const

/** What was said of a failed sale, with how much certainty, if any. */
export type Said = { cause: string; certainty: number | null; real: string }
/** Verdicts whose certainty is from `from` on, up to the next bin's: the mean of it, and the share right. */
export type Bin = { from: number; sales: number; right: number; certainty: number }

const bins = 20
/** For all causes together. */
const all = "all"

export type VerdictFigures = NonNullable<ReturnType<VerdictScore["figures"]>>

/** F1 by cause, and whether the certainty is as high as the share that is right. */
export class VerdictScore {
  readonly #said = new Map<string, number>()
  readonly #bins = new Map<string, Bin[]>()
  #sales = 0

  add({ cause, certainty, real }: Said): void {
    this.#sales += 1
    const key = `${real}/${cause}`
    this.#said.set(key, (this.#said.get(key) ?? 0) + 1)
    if (certainty === null) return
    for (const name of [all, cause]) {
      const bin = this.#binsOf(name)[Math.min(bins - 1, Math.floor(certainty * bins))]
      if (!bin) continue
      bin.sales += 1
      bin.certainty += certainty
      if (real === cause) bin.right += 1
    }
  }

  #binsOf(name: string): Bin[] {
    const found = this.#bins.get(name)
    if (found) return found
    const empty = Array.from({ length: bins }, (_, i) => ({
      from: i / bins,
      sales: 0,
      right: 0,
      certainty: 0,
    }))
    this.#bins.set(name, empty)
    return empty
  }

  #calibration(name: string): Bin[] {
    return this.#binsOf(name)
      .filter(({ sales }) => sales > 0)
      .map(({ from, sales, right, certainty }) => ({
        from,
        sales,
        certainty: certainty / sales,
        right: right / sales,
      }))
  }

  /** Null if no failed sale has a known cause. */
  figures() {
    if (this.#sales === 0) return null
    const countOf = (isIn: (real: string, cause: string) => boolean) =>
      [...this.#said].reduce((sum, [key, count]) => {
        const [real = "", cause = ""] = key.split("/")
        return isIn(real, cause) ? sum + count : sum
      }, 0)
    const byCause = Object.fromEntries(
      verdictCauses.map((one) => [
        one,
        f1({
          right: countOf((real, cause) => real === one && cause === one),
          wrong: countOf((real, cause) => real !== one && cause === one),
          missed: countOf((real, cause) => real === one && cause !== one),
        }),
      ]),
    )
    const known = Object.values(byCause).filter((value) => value !== null)
    return {
      sales: this.#sales,
      macroF1: known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length),
      f1: byCause,
      right: share(
        countOf((real, cause) => real === cause),
        this.#sales,
      ),
      calibration: this.#calibration(all),
      calibrationByCause: Object.fromEntries(verdictCauses.map((cause) => [cause, this.#calibration(cause)])),
    }
  }
}
