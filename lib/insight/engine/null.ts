import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Null } from "@/lib/insight/engine/state"
import { fewestToLearn, leastExpectedToLearn, shippedNull } from "@/lib/insight/engine/terms/settings"
import { signalCount } from "@/lib/insight/engine/terms/signals"
import { dayCells, dayValue, monthDays, monthSum } from "@/lib/insight/engine/window"

// What is usual among healthy terminals is learnt from the fleet itself (Efron 2004, Choice of a null
// hypothesis): most terminals are healthy, so the bulk of their p values must look like those of chance.

const grid = [0.05, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8]
const lowP = 0.1
/** A little more than the share that chance gives, because some terminals are broken. */
const mostLow = 0.115
const [leastDays, mostDays] = [0.02, 0.5]
/** The most that terminals and their days are thought to differ. */
export const mostVariance = Math.max(...grid) + mostDays
/** Cutting the worst days, so that outages do not count, takes away some of what is usual as well. */
const cutAway = 1.3
const keptOfBefore = 0.6

export type Windows = { observed: Float32Array; expected: Float32Array; terminals: number; night: number }

/** Variances by signal; shipped ones where too few terminals have sales. */
export function learnNull(windows: Windows, before: Null): Null {
  const next = { terminals: before.terminals.slice(), days: before.days.slice() }
  for (let s = 0; s < signalCount; s += 1) {
    const counted = monthsOf(windows, s)
    if (counted.length < fewestToLearn) {
      next.terminals[s] = shippedNull.terminals
      next.days[s] = shippedNull.days
      continue
    }
    const daysBefore = before.days[s] ?? shippedNull.days
    const week = daysVariance(windows, { counted, between: before.terminals[s] ?? shippedNull.terminals })
    // One week of a small fleet says little.
    next.days[s] = keptOfBefore * daysBefore + (1 - keptOfBefore) * week
    next.terminals[s] = terminalsVariance(counted, next.days[s] ?? shippedNull.days)
  }
  return next
}

type Month = { series: number; observed: number; expected: number }

function monthsOf({ observed, expected, terminals }: Windows, s: number): Month[] {
  const months: Month[] = []
  for (let i = 0; i < terminals; i += 1) {
    const series = i * signalCount + s
    const e = monthSum(expected, series)
    if (e >= leastExpectedToLearn) months.push({ series, observed: monthSum(observed, series), expected: e })
  }
  return months
}

/** The smallest variance of the grid with which not too many terminals look unusual. */
function terminalsVariance(months: readonly Month[], days: number): number {
  const isEnough = (variance: number) => {
    const size = 1 / (variance + days / monthDays)
    const low = months.filter(({ observed, expected }) => upperTail(observed, expected, size) < lowP)
    return low.length <= mostLow * months.length
  }
  return grid.find(isEnough) ?? grid.at(-1) ?? shippedNull.terminals
}

/** How much the days of one terminal vary, beyond chance and its own level. */
function daysVariance(
  { observed, expected, night }: Windows,
  { counted, between }: { counted: readonly Month[]; between: number },
): number {
  let excess = 0
  let squares = 0
  for (const { series, observed: o28, expected: e28 } of counted) {
    const own = (1 / between + Math.max(0, o28)) / (1 / between + e28)
    for (let ago = 0; ago < dayCells; ago += 1) {
      const e = dayValue(expected, series, night, ago) * own
      if (e <= 0) continue
      const o = Math.min(Math.max(0, dayValue(observed, series, night, ago)), e + 3 * Math.sqrt(e) + 2)
      excess += (o - e) ** 2 - e
      squares += e * e
    }
  }
  return Math.min(
    mostDays,
    Math.max(leastDays, squares > 0 ? (cutAway * excess) / squares : shippedNull.days),
  )
}
