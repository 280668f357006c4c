import type { Flag, Candidate } from "@/lib/insight/engine/flag"
import type { Incident } from "@/lib/insight/engine/incidents/incident"
import type { TerminalFacts } from "@/lib/insight/engine/terms/input"
import { cusumRises, shippedNull, shippedNullOfSpeed } from "@/lib/insight/engine/terms/settings"
import { componentCount, signalCount, signals } from "@/lib/insight/engine/terms/signals"
import { dayCells, weekCells } from "@/lib/insight/engine/window"

/** Numbers of each terminal, `width` of them; terminal i has those from i × width on. */
export type Table = { width: number; values: Float32Array }

const tableWidths = {
  /** Sums of about twenty days, before any factor but the issuers'. */
  recentObserved: signalCount,
  recentExpected: signalCount,
  /** The last seven days and the five weeks before, expected with all factors. */
  observed: signalCount * (dayCells + weekCells),
  expected: signalCount * (dayCells + weekCells),
  /** Failures of the line in the last seven days, expected without the store's factors. */
  lineObserved: dayCells,
  lineExpected: dayCells,
  /** A terminal's own history, which lags by two weeks. */
  historyObserved: signalCount,
  historyExpected: signalCount,
  /** The scores of each component, and what was seen since they left zero. */
  scores: componentCount * cusumRises.length,
  changeObserved: componentCount,
  changeExpected: componentCount,
  /** Mean and weight of presentments a day. */
  volume: 2,
  /** The night on which it was first seen, counted from the engine's first. */
  since: 1,
} as const

export type TableName = keyof typeof tableWidths
export type Tables = Record<TableName, Table>
export const tableNames = Object.keys(tableWidths).filter((name): name is TableName => name in tableWidths)

export const numbersOfTerminal = tableNames.reduce((sum, name) => sum + tableWidths[name], 0)

/** Variances of healthy terminals' rates and of their days, by signal. */
export type Null = { terminals: Float64Array; days: Float64Array }

export type OperatorCell = {
  operator: string
  /** Of user failures and of failed reads. */
  observed: [user: number, reads: number]
  expected: [user: number, reads: number]
}

export type EngineState = {
  /** Nights so far. */
  nights: number
  /** The last night's day, or null before the first. */
  day: number | null
  ids: string[]
  /** Store and software of each terminal. */
  places: string[]
  tables: Tables
  nulls: Null
  /** Rates of the counters, learnt from all terminals. */
  counterRates: { observed: Float64Array; exposure: Float64Array }
  /** Of each store, its terminals' operators, by the terminal's name. */
  operators: Map<string, OperatorCell[]>
  /** Sums of the last days by release, with a short memory. */
  releaseSums: Map<string, { observed: Float64Array; expected: Float64Array }>
  incidents: Map<string, Incident>
  /** What each discovery rate would have opened by itself; empty before the first night. */
  rehearsals: Course[]
} & Course

/** Flags as they went on from night to night, and what may become one. */
export type Course = { flags: Map<string, Flag>; candidates: Map<string, Candidate> }

/** All tables, with what `valuesOf` gives each. */
export function makeTables(valuesOf: (name: TableName, width: number) => Float32Array): Tables {
  const tables = Object.fromEntries(
    tableNames.map((name) => {
      const width = tableWidths[name]
      return [name, { width, values: valuesOf(name, width) }]
    }),
  )
  return isComplete(tables) ? tables : never()
}

export function emptyState(): EngineState {
  return {
    nights: 0,
    day: null,
    ids: [],
    places: [],
    tables: makeTables(() => new Float32Array(0)),
    nulls: {
      terminals: Float64Array.from(signals, (name) =>
        name === "slowSales" ? shippedNullOfSpeed : shippedNull.terminals,
      ),
      days: new Float64Array(signalCount).fill(shippedNull.days),
    },
    counterRates: { observed: new Float64Array(signalCount), exposure: new Float64Array(signalCount) },
    operators: new Map(),
    releaseSums: new Map(),
    candidates: new Map(),
    flags: new Map(),
    incidents: new Map(),
    rehearsals: [],
  }
}

const isComplete = (tables: Partial<Tables>): tables is Tables => tableNames.every((name) => name in tables)
const never = (): never => {
  throw new TypeError("a table is missing")
}

/**
 * The state's tables in the order of tonight's terminals: new ones begin with zeros, missing ones go. Takes
 * each table out of the state, so that not all of them are there twice.
 */
export function aligned(state: EngineState, terminals: readonly TerminalFacts[]): Tables {
  const same = state.ids.length === terminals.length && terminals.every(({ id }, i) => id === state.ids[i])
  if (same) return state.tables
  const slots = new Map(state.ids.map((id, i) => [id, i]))
  return makeTables((name, width) => {
    const { values } = state.tables[name]
    state.tables[name] = { width, values: new Float32Array(0) }
    const next = new Float32Array(terminals.length * width)
    for (const [i, { id }] of terminals.entries()) {
      const from = slots.get(id)
      if (from !== undefined) next.set(values.subarray(from * width, (from + 1) * width), i * width)
      else if (name === "since") next[i] = state.nights
    }
    return next
  })
}
