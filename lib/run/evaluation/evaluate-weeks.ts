import { quantile } from "@/lib/base/statistics/quantile"
import { addDays } from "@/lib/base/time/zone"
import { signalDropAt, printerErrorsAt } from "@/lib/fleet/terminals/wear"
import { trendsOf, type KeptTrend } from "@/lib/insight/trends/signals"
import { fewestWeeks, isDueSoon } from "@/lib/insight/trends/trend"
import { completed, keptWeeks, weekNumber, type Week } from "@/lib/insight/trends/weeks"
import type { Signal } from "@/lib/insight/trends/words"
import { Random } from "@/lib/run/simulation/random"
import { between, lognormal, normal, poisson } from "@/lib/run/simulation/world/draws"

export type WeekFigures = {
  name: string
  parts: number
  /** Parts for which a date was said, and those that get a flag now. */
  dated: number
  flagged: number
  /** The median of the error as a share of the time that is left. Null where no date is right. */
  error: number | null
}

const parts = 400
const monday = "2026-05-25"
const now = weekNumber(addDays(monday, 7 * keptWeeks))
const receiptsOfWeek = 700

/** `left`: the weeks from now to the day at which it reaches its limit; null if it never does. */
type Part = { values: (i: number) => Partial<Week>; swipes?: number; left: number | null }
type Case = { name: string; signal: Signal; part: (random: Random) => Part }

const cases: Case[] = [
  { name: "swipes, of which the counter began anew", signal: "magstripe_reader", part: swiped },
  { name: "weak end of a signal that fades", signal: "signal", part: fading },
  { name: "printer errors that become more", signal: "printer_errors", part: jamming },
  { name: "printer errors, 1 in 1,000 receipts", signal: "printer_errors", part: erring(1) },
  { name: "printer errors, 10 in 1,000 receipts", signal: "printer_errors", part: erring(10) },
]

/** Weeks of counters, signals and printers with known truth, through the rules for each. */
export function evaluateWeeks(seed: number): WeekFigures[] {
  return cases.map(({ name, signal, part }) => {
    const random = new Random("weeks", seed, name)
    const errors: number[] = []
    const trends: KeptTrend[] = []
    for (let i = 0; i < parts; i += 1) {
      const { values, swipes = null, left } = part(random)
      const lives = { printerHeadKm: null, chipInsertions: null, swipes }
      const trend = trendsOf(weeksOf(values), lives, now)[signal]
      if (!trend) continue
      trends.push(trend)
      if (left !== null) errors.push(Math.abs(trend.due - now - left) / left)
    }
    const flagged = trends.filter((trend) => isDueSoon(trend, now)).length
    return { name, parts, dated: trends.length, flagged, error: quantile(errors, 0.5) }
  })
}

const weeksOf = (values: Part["values"]): Week[] =>
  completed(Array.from({ length: keptWeeks }, (_, i) => ({ week: addDays(monday, 7 * i), ...values(i) })))

function swiped(random: Random): Part {
  const perWeek = between(random, [200, 2_000])
  const [reset, left] = [6 + random.below(8), between(random, [4, 30])]
  let swipes = 200_000
  const counts = Array.from({ length: keptWeeks }, (_, i) => {
    if (i === reset) swipes = 0
    swipes += perWeek * lognormal(random, 0.2)
    return Math.round(swipes)
  })
  const life = Math.round(perWeek * (keptWeeks - reset + left))
  return { values: (i) => ({ swipeReads: counts[i] ?? null }), swipes: life, left }
}

function fading(random: Random): Part {
  const left = between(random, [4, 30])
  // The limit is that much weaker than the middle of the first weeks.
  const loss = signalDropAt / (keptWeeks + left - fewestWeeks / 2)
  const levels = Array.from({ length: keptWeeks }, (_, i) => -65 - loss * i + 0.6 * normal(random))
  return { values: (i) => ({ signalP10: levels[i] ?? null }), left }
}

const rateOf = (random: Random, perThousand: number) =>
  (poisson(random, (perThousand * receiptsOfWeek) / 1000) * 1000) / receiptsOfWeek

function jamming(random: Random): Part {
  const left = between(random, [4, 30])
  const slope = (printerErrorsAt - 0.5) / (keptWeeks + left)
  const rates = Array.from({ length: keptWeeks }, (_, i) => rateOf(random, 0.5 + slope * (i + 0.5)))
  return { values: (i) => ({ printerErrors: rates[i] ?? null }), left }
}

function erring(perThousand: number) {
  return (random: Random): Part => {
    const rates = Array.from({ length: keptWeeks }, () => rateOf(random, perThousand))
    return { values: (i) => ({ printerErrors: rates[i] ?? null }), left: null }
  }
}
