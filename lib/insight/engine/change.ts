import { cusumStep, likelihoodRatio } from "@/lib/base/statistics/cusum"
import type { Board } from "@/lib/insight/engine/board"
import { cusumRises, nightsOfBaseline } from "@/lib/insight/engine/terms/settings"
import {
  componentCount,
  components,
  kindCount,
  signalCount,
  signalIndexes,
} from "@/lib/insight/engine/terms/signals"
import { clearSeries, endedWeekSum, endsWeek } from "@/lib/insight/engine/window"

const leastBaseline = 0.75
/** A terminal stops learning while it looks worse than before. */
const suspicious = 0.05
/** What a short history leaves open is held in the terminal's favour: so many standard deviations. */
const caution = 0.4
/** A counter does not know cards: one worn card may make all errors of a day, which says 150 to 1 at most. */
const mostOfCounterDay = 5
const width = cusumRises.length
const weeklyDecay = 0.99 ** 7

/** Has a terminal become worse than it was? One step of the scores of each component. */
export function stepScores(board: Board): void {
  const { terminals, tables, state } = board
  for (let i = 0; i < terminals; i += 1) {
    if (state.nights - (tables.since.values[i] ?? 0) < nightsOfBaseline) continue
    for (let c = 0; c < componentCount; c += 1) stepComponent(board, i, c)
  }
}

function stepComponent({ tables, observed, expected, factors, state }: Board, i: number, c: number): void {
  const increments = cusumRises.map(() => 0)
  let [seen, due] = [0, 0]
  for (const s of signalIndexes[c] ?? []) {
    const at = i * signalCount + s
    const usual = (expected[at] ?? 0) * (factors[at] ?? 1)
    if (usual <= 0) continue
    const weight = 1 / (state.nulls.terminals[s] ?? 1)
    const history = tables.historyObserved.values[at] ?? 0
    const own =
      (weight + history + caution * Math.sqrt(weight + history)) /
      (weight + (tables.historyExpected.values[at] ?? 0))
    const mean = usual * Math.max(leastBaseline, own)
    const size = 1 / ((state.nulls.days[s] ?? 0) + 0.5 / (weight + history))
    const o = Math.max(0, observed[at] ?? 0)
    const most = s < kindCount ? Infinity : mostOfCounterDay
    for (const [k, rise] of cusumRises.entries())
      increments[k] = (increments[k] ?? 0) + Math.min(most, likelihoodRatio(o, mean, { rise, size }))
    seen += o
    due += mean
  }
  if (due === 0) return
  const scores = tables.scores.values
  const at = i * componentCount + c
  let isQuiet = true
  for (const [k, increment] of increments.entries()) {
    const score = cusumStep(scores[at * width + k] ?? 0, increment)
    scores[at * width + k] = score
    if (score > 0) isQuiet = false
  }
  const { changeObserved, changeExpected } = tables
  changeObserved.values[at] = isQuiet ? 0 : (changeObserved.values[at] ?? 0) + seen
  changeExpected.values[at] = isQuiet ? 0 : (changeExpected.values[at] ?? 0) + due
}

/** How rare a component's scores are in terminals that did not change: the harmonic mean of each one. */
export function changeP({ tables }: Board, i: number, c: number): number {
  const at = (i * componentCount + c) * width
  let sum = 0
  for (let k = 0; k < width; k += 1) sum += Math.exp(tables.scores.values[at + k] ?? 0)
  return width / sum
}

/** Adds the week before last to the terminals' own histories, where nothing is wrong. */
export function learnHistory(board: Board): void {
  const { terminals, tables, state, night } = board
  if (!endsWeek(state.nights)) return
  const { historyObserved, historyExpected } = tables
  for (let i = 0; i < terminals; i += 1)
    for (let c = 0; c < componentCount; c += 1) {
      const isFrozen = changeP(board, i, c) < suspicious
      const name = components[c]
      const isFlagged = name && state.flags.has(`${night.terminals[i]?.id ?? ""}/${name}`)
      for (const s of signalIndexes[c] ?? []) {
        const at = i * signalCount + s
        const add = isFrozen || isFlagged ? 0 : 1
        historyObserved.values[at] =
          (historyObserved.values[at] ?? 0) * weeklyDecay +
          add * endedWeekSum(tables.observed.values, at, state.nights)
        historyExpected.values[at] =
          (historyExpected.values[at] ?? 0) * weeklyDecay +
          add * endedWeekSum(tables.expected.values, at, state.nights)
      }
    }
}

/**
 * A flag was closed: what was seen before the repair says nothing of the terminal now, and must not open the
 * flag again.
 */
export function forget({ tables }: Board, i: number, c: number): void {
  const at = i * componentCount + c
  tables.scores.values.fill(0, at * width, (at + 1) * width)
  tables.changeObserved.values[at] = 0
  tables.changeExpected.values[at] = 0
  for (const s of signalIndexes[c] ?? []) {
    const series = i * signalCount + s
    clearSeries(tables.observed.values, series)
    clearSeries(tables.expected.values, series)
    tables.recentObserved.values[series] = 0
    tables.recentExpected.values[series] = 0
  }
}
