import { upperTail } from "@/lib/base/statistics/negative-binomial"
import { ratioInterval, shrunkRatio } from "@/lib/base/statistics/shrinkage"
import type { Board } from "@/lib/insight/engine/board"
import { changeP } from "@/lib/insight/engine/change"
import type { Finding } from "@/lib/insight/engine/flag"
import type { EngineState } from "@/lib/insight/engine/state"
import type { Count } from "@/lib/insight/engine/terms/input"
import { badLine, badRestOfWeek } from "@/lib/insight/engine/terms/settings"
import {
  componentCount,
  components,
  indexOf,
  isOwnCount,
  shareOf,
  signalCount,
  signalIndexes,
} from "@/lib/insight/engine/terms/signals"
import { dayCells, dayValue, monthDays, monthSum, weekSum } from "@/lib/insight/engine/window"

/**
 * p values of tonight: of each component, and of each terminal. They may exceed 1, and then still tell the
 * better terminal from the worse.
 */
export type Evidence = { components: Float64Array; terminals: Float64Array }

/** A component without this much expected and without a failure is not tested. */
const leastExpected = 0.05
const certainByCounters = 1e-4
const tech = indexOf("tech")

type Level = {
  p: number
  test: "week" | "month"
  signal: number
  observed: number
  expected: number
  size: number
}

/** Whether more failed in a week or a month than at other terminals, for one signal. */
function levels({ tables, state }: Board, i: number, s: number): Level[] {
  const series = i * signalCount + s
  const month = monthSum(tables.expected.values, series)
  const seen = monthSum(tables.observed.values, series)
  if (month < leastExpected && seen <= 0) return []
  const age = state.nights - (tables.since.values[i] ?? 0) + 1
  const [terminals, days] = [state.nulls.terminals[s] ?? 1, state.nulls.days[s] ?? 1]
  const level = (test: Level["test"], length: number, observed: number, expected: number): Level => {
    const size = 1 / (terminals + days / Math.min(age, length))
    return { p: upperTail(observed, expected, size), test, signal: s, observed, expected, size }
  }
  const week = level(
    "week",
    dayCells,
    weekSum(tables.observed.values, series),
    weekSum(tables.expected.values, series),
  )
  return age <= dayCells ? [week] : [week, level("month", monthDays, seen, month)]
}

/**
 * All tests of all terminals. The p values of a terminal's tests are combined by their weighted harmonic
 * mean: as strict as Bonferroni's correction for a single small one, and less so where several agree (D. J.
 * Wilson 2019, PNAS 116:1195-1200).
 */
export function testAll(board: Board): Evidence {
  const { terminals } = board
  const evidence = {
    components: new Float64Array(terminals * componentCount).fill(Number.MAX_VALUE),
    terminals: new Float64Array(terminals).fill(Number.MAX_VALUE),
  }
  const inverse = new Float64Array(componentCount)
  for (let i = 0; i < terminals; i += 1) {
    let shares = 0
    for (let c = 0; c < componentCount; c += 1) {
      const tests = testsOf(board, i, c)
      const name = components[c]
      const share = tests.length > 0 && name ? shareOf[name] : 0
      inverse[c] = tests.reduce((sum, p) => sum + share / tests.length / Math.max(p, smallest), 0)
      shares += share
    }
    let sum = 0
    for (let c = 0; c < componentCount; c += 1) {
      const one = inverse[c] ?? 0
      sum += one
      if (one > 0) evidence.components[i * componentCount + c] = shares / one
    }
    if (sum > 0) evidence.terminals[i] = shares / sum
  }
  return evidence
}

const smallest = 1e-300

/** p values of one component: its levels, and whether it changed. */
function testsOf(board: Board, i: number, c: number): number[] {
  const tests = (signalIndexes[c] ?? []).flatMap((s) => levels(board, i, s).map(({ p }) => p))
  if (tests.length > 0) tests.push(changeP(board, i, c))
  return tests
}

/** Whether a line failed far more often than expected on a day. */
export function isBadLine({ nulls }: EngineState, { observed, expected }: Count): boolean {
  const size = 1 / ((nulls.terminals[tech] ?? 1) + (nulls.days[tech] ?? 1))
  return observed >= badLine.least && upperTail(observed, expected, size) < badLine.p
}

/** Days of the last week on which the line failed far more often than expected. */
export function badLineDays({ tables, state }: Board, i: number): number {
  const series = i * signalCount + tech
  let bad = 0
  for (let ago = 0; ago < Math.min(dayCells, state.nights + 1); ago += 1) {
    const observed = dayValue(tables.observed.values, series, state.nights, ago)
    const expected = dayValue(tables.expected.values, series, state.nights, ago)
    if (isBadLine(state, { observed, expected })) bad += 1
  }
  return bad
}

/** Whether the line failed more often than expected also on the days beside its worst one. */
export function isLineBadBeside({ tables, state }: Board, i: number): boolean {
  const series = i * signalCount + tech
  const days = Array.from({ length: Math.min(dayCells, state.nights + 1) }, (_, ago) => ({
    observed: dayValue(tables.observed.values, series, state.nights, ago),
    expected: dayValue(tables.expected.values, series, state.nights, ago),
  }))
  const rest = days.toSorted((a, b) => b.observed - b.expected - a.observed + a.expected).slice(1)
  const observed = rest.reduce((sum, day) => sum + day.observed, 0)
  const expected = rest.reduce((sum, day) => sum + day.expected, 0)
  const size = 1 / ((state.nulls.terminals[tech] ?? 1) + (state.nulls.days[tech] ?? 1) / rest.length)
  return upperTail(observed, expected, size) < badRestOfWeek
}

/** What speaks for a fault of a component, with the numbers of its strongest test. */
export function findingOf(board: Board, i: number, c: number, p: number): Finding {
  const { tables, state, night } = board
  const at = i * componentCount + c
  const strongest = (signalIndexes[c] ?? [])
    .flatMap((s) => levels(board, i, s))
    .reduce<Level | null>((best, one) => (best && best.p <= one.p ? best : one), null)
  const isChange = !strongest || changeP(board, i, c) < strongest.p
  const observed = isChange ? (tables.changeObserved.values[at] ?? 0) : strongest.observed
  const expected = isChange ? (tables.changeExpected.values[at] ?? 0) : strongest.expected
  const signal = strongest?.signal ?? signalIndexes[c]?.[0] ?? 0
  const weight = 1 / (state.nulls.terminals[signal] ?? 1)
  return {
    terminal: night.terminals[i]?.id ?? "",
    component: components[c] ?? "communication",
    p,
    test: isChange ? "change" : strongest.test,
    observed,
    expected,
    ratio: shrunkRatio(Math.max(0, observed), expected, weight),
    interval: ratioInterval(Math.max(0, observed), expected, { weight }),
    badDays: badLineDays(board, i),
  }
}

/** Whether the terminal's own counters alone show it: stores and operators do not explain those. */
export const isCounted = (board: Board, i: number, c: number): boolean =>
  (signalIndexes[c] ?? []).some(
    (s) => isOwnCount(s) && levels(board, i, s).some(({ p }) => p < certainByCounters),
  )

/**
 * How rare the last nights' failures of the line are for this terminal, which may be alone in its store:
 * against its own level of the weeks before.
 */
export function lineLately({ tables, state }: Board, i: number, nights: number): Count & { p: number } {
  const series = i * signalCount + tech
  const sumOf = (values: Float32Array) =>
    Array.from({ length: nights }, (_, ago) =>
      Math.max(0, dayValue(values, series, state.nights, ago)),
    ).reduce((sum, value) => sum + value, 0)
  const [terminals, days] = [state.nulls.terminals[tech] ?? 1, state.nulls.days[tech] ?? 1]
  const weight = 1 / terminals
  const [o, e] = [sumOf(tables.observed.values), sumOf(tables.expected.values)]
  const before = {
    o: Math.max(0, monthSum(tables.observed.values, series) - o),
    e: Math.max(0, monthSum(tables.expected.values, series) - e),
  }
  const mean = (e * (weight + before.o)) / (weight + before.e)
  const size = 1 / (days / nights + 1 / (weight + before.o))
  return { observed: o, expected: mean, p: upperTail(o, mean, size) }
}

/** Observed over expected of the last week, shrunk, of the component's worst signal. */
export function weekRatio({ tables, state }: Board, i: number, c: number): number {
  const ratios = (signalIndexes[c] ?? []).map((s) => {
    const series = i * signalCount + s
    const weight = 1 / (state.nulls.terminals[s] ?? 1)
    const observed = Math.max(0, weekSum(tables.observed.values, series))
    return shrunkRatio(observed, weekSum(tables.expected.values, series), weight)
  })
  return Math.max(...ratios)
}
