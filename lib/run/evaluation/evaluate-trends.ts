import { quantile } from "@/lib/base/statistics/quantile"
import { trendOf, type Trend } from "@/lib/insight/trends/trend"
import { Random } from "@/lib/run/simulation/random"
import { between, normal } from "@/lib/run/simulation/world/draws"

type Case = { outliers: number; hasStep: boolean }
const cases: Record<string, Case> = {
  clean: { outliers: 0, hasStep: false },
  "5 % outliers": { outliers: 0.05, hasStep: false },
  "15 % outliers and a recalibration": { outliers: 0.15, hasStep: true },
}

export type TrendFigures = {
  name: string
  batteries: number
  /** Batteries for which a date was said. */
  dated: number
  /** The median of the error as a share of the time that is left. */
  error: number | null
  /** How often the 90 % interval holds the true date. */
  coverage: number
}

const batteries = 400
const weeks = 26
const now = weeks - 1
const limit = { value: 70, direction: "falling" } as const

/** Batteries whose health falls by a known amount each week: is the week right in which they reach 70 %? */
export function evaluateTrends(seed: number): TrendFigures[] {
  return Object.entries(cases).map(([name, one]) => {
    const random = new Random("trends", seed, name)
    const errors: number[] = []
    let covered = 0
    for (let i = 0; i < batteries; i += 1) {
      const { points, due } = battery(random, one)
      const trend = trendOf(points, limit, now)
      if (!trend) continue
      errors.push(Math.abs(trend.due - due) / (due - now))
      if (holds(trend, due)) covered += 1
    }
    const dated = errors.length
    return { name, batteries, dated, error: quantile(errors, 0.5), coverage: covered / Math.max(1, dated) }
  })
}

const holds = ({ early, late }: Trend, due: number): boolean =>
  (early ?? 0) <= due && due <= (late ?? Number.POSITIVE_INFINITY)

function battery(random: Random, { outliers, hasStep }: Case) {
  const loss = between(random, [0.3, 0.9])
  const left = between(random, [4, 30])
  const start = limit.value + loss * (now + left)
  const step = hasStep ? { at: 6 + random.below(8), by: between(random, [4, 8]) } : { at: 0, by: 0 }
  const points = Array.from({ length: weeks }, (_, x) => ({
    x,
    y:
      start -
      loss * x +
      1.2 * normal(random) +
      (x < step.at ? step.by : 0) +
      (random.chance(outliers) ? 20 * normal(random) : 0),
  }))
  return { points, due: now + left }
}
