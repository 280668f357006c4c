import { numbered, type Members } from "@/lib/insight/engine/factors/groups"
import { aligned, type EngineState, type Tables } from "@/lib/insight/engine/state"
import type { Night } from "@/lib/insight/engine/terms/input"
import { recentDecay } from "@/lib/insight/engine/terms/settings"
import { alarmKinds, signalCount } from "@/lib/insight/engine/terms/signals"

type Named = Members & { names: string[] }

/** A night's work: the state's tables in the order of tonight's terminals, and what arrived. */
export type Board = {
  night: Night
  state: EngineState
  terminals: number
  slots: Map<string, number>
  stores: Named
  models: Named
  /** Model and all releases together: terminals that run the same software. */
  setups: Named
  acquirers: Named
  tables: Tables
  /** Tonight's failures by terminal and signal, without those of outages; expected with issuers' factors. */
  observed: Float64Array
  expected: Float64Array
  /** Those of `alarmKinds` as they came in, and expected by the reference alone. */
  seen: Float64Array
  plain: Float64Array
  /** What software, model and fleet make of the expectation, by terminal and signal. */
  release: Float64Array
  /** By which tonight's expectation is multiplied further, by terminal and signal. */
  factors: Float64Array
  /** The same for the line alone, without the store's share. */
  lineFactors: Float64Array
  /** Terminals where cards are tested: nothing else of them counts tonight. */
  isTested: Uint8Array
}

const setupOf = (model: string, releases: Readonly<Record<string, string>>) =>
  [model, ...Object.entries(releases).map(([component, version]) => `${component}:${version}`)].join("|")

export function makeBoard(state: EngineState, night: Night): Board {
  const terminals = night.terminals.length
  const group = (names: string[]): Named => {
    const { of, names: all } = numbered(names)
    return { of, count: all.length, names: all }
  }
  const setups = group(night.terminals.map(({ model, releases }) => setupOf(model, releases)))
  return {
    night,
    state,
    terminals,
    slots: new Map(night.terminals.map(({ id }, i) => [id, i])),
    stores: group(night.terminals.map(({ store }) => store)),
    models: group(night.terminals.map(({ model }) => model)),
    setups,
    acquirers: group(night.terminals.map(({ acquirer }) => acquirer)),
    tables: aligned(state, night.terminals),
    observed: new Float64Array(terminals * signalCount),
    expected: new Float64Array(terminals * signalCount),
    seen: new Float64Array(terminals * alarmKinds.length),
    plain: new Float64Array(terminals * alarmKinds.length),
    release: new Float64Array(terminals * signalCount).fill(1),
    factors: new Float64Array(terminals * signalCount).fill(1),
    lineFactors: new Float64Array(terminals).fill(1),
    isTested: new Uint8Array(terminals),
  }
}

/** Where each terminal is and what it runs, to see what changed since last night. */
export const placesOf = ({ night, setups }: Board): string[] =>
  night.terminals.map(({ store }, i) => `${store}\n${setups.names[setups.of[i] ?? 0] ?? ""}`)

/** Old sums fade. A terminal that moved or got another release begins anew. */
export function fade(board: Board): void {
  const { tables, state, night } = board
  const places = placesOf(board)
  const before = new Map(state.ids.map((id, i) => [id, state.places[i] ?? ""]))
  for (const name of ["recentObserved", "recentExpected"] as const) {
    const { values } = tables[name]
    for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) * recentDecay
  }
  for (const [i, { id, store }] of night.terminals.entries()) {
    const place = before.get(id)
    if (place === undefined || place === places[i]) continue
    const clear = (name: keyof Tables) => {
      const { width, values } = tables[name]
      values.fill(0, i * width, (i + 1) * width)
    }
    clear("recentObserved")
    clear("recentExpected")
    clear("scores")
    clear("changeObserved")
    clear("changeExpected")
    if (!place.startsWith(`${store}\n`)) state.operators.delete(id)
  }
}
