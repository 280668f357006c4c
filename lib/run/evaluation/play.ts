import type { Sensitivity } from "@/lib/access/organisation/words"
import type { Flag } from "@/lib/insight/engine/flag"
import type { Incident } from "@/lib/insight/engine/incidents/incident"
import { emptyReference, learnReference, ratesOf } from "@/lib/insight/engine/reference"
import { runNight, type NightResult } from "@/lib/insight/engine/run-night"
import { emptyState, type EngineState } from "@/lib/insight/engine/state"
import type { Rates } from "@/lib/rollups/reference/rate-row"
import { makeNight, referenceCells } from "@/lib/run/evaluation/make-night"
import type { Arrived } from "@/lib/run/simulation/world/cells"
import type { Run } from "@/lib/run/simulation/world/run"

export type Episode<T> = { of: T; openedOn: number; closedOn: number | null }
export type Played = {
  flags: Episode<Flag>[]
  incidents: Episode<Incident>[]
  /** p values of the terminals at the end of each day. */
  pValues: Map<number, Float64Array>
  finalState: EngineState
}

const keptTables = 10

/** Plays a run night by night through the engine, with the data that had arrived by then. */
export function play(
  run: Run,
  days: Iterable<Arrived>,
  {
    sensitivity = "normal",
    onDay = () => undefined,
    onNight = () => undefined,
  }: {
    sensitivity?: Sensitivity
    onDay?: (arrived: Arrived) => void
    onNight?: (day: number, result: NightResult) => void
  } = {},
): Played {
  const indexes = new Map(run.fleet.terminals.map(({ serial, index }) => [serial, index]))
  const tables = new Map<number, Rates>()
  const played: Played = { flags: [], incidents: [], pValues: new Map(), finalState: emptyState() }
  let reference = emptyReference()
  let state = emptyState()
  for (const arrived of days) {
    const { day } = arrived
    onDay(arrived)
    tables.set(day, ratesOf(reference))
    tables.delete(day - keptTables)
    const ratesOn = (on: number) => tables.get(on) ?? tables.get(day) ?? ratesOf(reference)
    const leftOut = new Set([...state.flags.values()].map(({ terminal }) => indexes.get(terminal)))
    const tested = new Set<number | undefined>()
    const night = runNight(state, makeNight(run, arrived, ratesOn), { sensitivity })
    state = night.state
    onNight(day, night)
    for (const { subject } of state.incidents.values())
      if (subject.cls === "card-testing") tested.add(indexes.get(subject.terminal))
    reference = learnReference(
      reference,
      referenceCells(arrived, (terminal) => leftOut.has(terminal) || tested.has(terminal)),
    )
    for (const flag of night.flagsOpened) played.flags.push({ of: flag, openedOn: day, closedOn: null })
    for (const one of night.incidentsOpened) played.incidents.push({ of: one, openedOn: day, closedOn: null })
    close(played.flags, night.flagsClosed, day, (flag) => `${flag.terminal}/${flag.component}`)
    close(played.incidents, night.incidentsClosed, day, ({ subject }) => Object.values(subject).join("/"))
    const p = new Float64Array(run.fleet.terminals.length).fill(1)
    for (const one of night.pValues) p[indexes.get(one.terminal) ?? 0] = one.p
    played.pValues.set(day, p)
  }
  return { ...played, finalState: state }
}

function close<T>(
  episodes: Episode<T>[],
  closed: readonly T[],
  day: number,
  keyOf: (one: T) => string,
): void {
  const keys = new Set(closed.map(keyOf))
  for (const episode of episodes)
    if (episode.closedOn === null && keys.has(keyOf(episode.of))) episode.closedOn = day
}
