import type { Played } from "@/lib/run/evaluation/play"
import type { Facts } from "@/lib/run/evaluation/score-flags"
import type { Run } from "@/lib/run/simulation/world/run"

const aheadDays = 7
const everyDays = 3
/** An open flag says more than one quiet night. */
const flaggedP = 1e-3

/** Area under the curve: how often a case that came true had the smaller p value than one that did not. */
export function areaUnderCurve(cases: readonly { p: number; isTrue: boolean }[]): number | null {
  const sorted = cases.toSorted((a, b) => a.p - b.p)
  const right = cases.filter(({ isTrue }) => isTrue).length
  const wrong = cases.length - right
  if (right === 0 || wrong === 0) return null
  let sum = 0
  // Ties count half: walk through groups of the same p.
  for (let i = 0, wrongBefore = 0; i < sorted.length;) {
    let j = i
    let [trueHere, falseHere] = [0, 0]
    for (; j < sorted.length && sorted[j]?.p === sorted[i]?.p; j += 1)
      if (sorted[j]?.isTrue) trueHere += 1
      else falseHere += 1
    sum += trueHere * (wrong - wrongBefore - falseHere / 2)
    wrongBefore += falseHere
    i = j
  }
  return sum / (right * wrong)
}

export type Forecast = {
  /** Like `confirmed`, of all terminals, also those whose flag is open and waits for its visit. */
  all: { p: number; isTrue: boolean }[]
  /** A fault of a terminal without a flag is there to be confirmed within the next seven days. */
  confirmed: { p: number; isTrue: boolean }[]
  /** A fault becomes worth a visit within the next seven days, and is not yet. */
  coming: { p: number; isTrue: boolean }[]
}

/**
 * How well tonight's p values tell which terminals get a confirmed fault in the next seven days. A fault is
 * confirmed when somebody looks at a terminal whose fault is worth a visit.
 */
export function forecastOf(run: Run, { facts, played }: { facts: Facts; played: Played }): Forecast {
  const faults = new Map(
    facts.faults.filter(({ isFindable }) => isFindable).map((fault) => [fault.terminal, fault]),
  )
  const { burnIn, days } = run.parameters
  const forecast: Forecast = { all: [], confirmed: [], coming: [] }
  const indexOf = new Map(run.fleet.terminals.map(({ serial, index }) => [serial, index]))
  for (let day = burnIn; day + aheadDays < days; day += everyDays) {
    const flagged = new Set(
      played.flags
        .filter(({ openedOn, closedOn }) => openedOn <= day && (closedOn ?? days) > day)
        .map(({ of }) => indexOf.get(of.terminal)),
    )
    const pValues = played.pValues.get(day)
    for (const { index } of run.fleet.terminals) {
      const fault = faults.get(index)
      const p = pValues?.[index] ?? 1
      const isThere = fault !== undefined && fault.actionable <= day + aheadDays && fault.to > day
      forecast.all.push({ p: flagged.has(index) ? Math.min(p, flaggedP) : p, isTrue: isThere })
      if (flagged.has(index)) continue
      forecast.confirmed.push({ p, isTrue: isThere })
      if (!isThere || fault.actionable > day) forecast.coming.push({ p, isTrue: isThere })
    }
  }
  return forecast
}
