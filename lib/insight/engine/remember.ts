import type { Board } from "@/lib/insight/engine/board"
import type { OperatorCell } from "@/lib/insight/engine/state"
import { recentDecay } from "@/lib/insight/engine/terms/settings"
import { indexOf, kindCount, signalCount } from "@/lib/insight/engine/terms/signals"
import { dayCells, pushNight } from "@/lib/insight/engine/window"

const tech = indexOf("tech")
const forgotten = 0.01

/** Adds tonight to the sums of about twenty days. */
export function rememberRecent({ tables, observed, expected }: Board): void {
  const { recentObserved, recentExpected } = tables
  for (let at = 0; at < observed.length; at += 1) {
    recentObserved.values[at] = (recentObserved.values[at] ?? 0) + (observed[at] ?? 0)
    recentExpected.values[at] = (recentExpected.values[at] ?? 0) + (expected[at] ?? 0)
  }
}

/** Adds tonight to what each operator did at each terminal, expected with the factors of the release. */
export function rememberOperators(board: Board, factors: Float64Array): void {
  const { state, night, slots } = board
  for (const [terminal, cells] of state.operators) {
    for (const cell of cells)
      for (const kind of [0, 1] as const) {
        cell.observed[kind] *= recentDecay
        cell.expected[kind] *= recentDecay
      }
    const kept = cells.filter(({ expected }) => expected[0] + expected[1] > forgotten)
    if (kept.length === 0 || !slots.has(terminal)) state.operators.delete(terminal)
    else state.operators.set(terminal, kept)
  }
  for (const { terminal, operator, user, chip, contactless, magstripe } of night.operators) {
    const slot = slots.get(terminal)
    if (slot === undefined || board.isTested[slot] === 1 || operator === "") continue
    const factor = (name: "user" | "chip" | "contactless" | "magstripe") =>
      factors[slot * signalCount + indexOf(name)] ?? 1
    const cell = cellOf(state.operators, terminal, operator)
    cell.observed[0] += user.observed
    cell.expected[0] += user.expected * factor("user")
    cell.observed[1] += chip.observed + contactless.observed + magstripe.observed
    cell.expected[1] +=
      chip.expected * factor("chip") +
      contactless.expected * factor("contactless") +
      magstripe.expected * factor("magstripe")
  }
}

function cellOf(operators: Map<string, OperatorCell[]>, terminal: string, operator: string): OperatorCell {
  const cells = operators.get(terminal) ?? []
  const found = cells.find((cell) => cell.operator === operator)
  if (found) return found
  const cell: OperatorCell = { operator, observed: [0, 0], expected: [0, 0] }
  operators.set(terminal, [...cells, cell])
  return cell
}

/**
 * The most that a counter usually counts in a day. Counters have single days on which they run away, on
 * healthy terminals too: one worn card is tried again and again. Such a day is a bad one and no more.
 */
const usualMost = (mean: number, size: number): number =>
  mean + 3 * Math.sqrt(mean + (mean * mean) / size) + 1

/** Writes tonight into the windows of a week and a month, and the line's own window. */
export function rememberNight(board: Board): void {
  const { tables, observed, expected, factors, lineFactors, state } = board
  const due = (at: number) => (expected[at] ?? 0) * (factors[at] ?? 1)
  const cut = (at: number) => {
    const value = observed[at] ?? 0
    const s = at % signalCount
    if (s < kindCount) return value
    const size = 1 / ((state.nulls.terminals[s] ?? 1) + (state.nulls.days[s] ?? 1))
    return Math.min(value, usualMost(due(at), size))
  }
  pushNight(tables.observed.values, cut, state.nights)
  pushNight(tables.expected.values, due, state.nights)
  const cell = state.nights % dayCells
  for (let i = 0; i < board.terminals; i += 1) {
    const at = i * signalCount + tech
    tables.lineObserved.values[i * dayCells + cell] = observed[at] ?? 0
    tables.lineExpected.values[i * dayCells + cell] = (expected[at] ?? 0) * (lineFactors[i] ?? 1)
  }
}
