import type { Sensitivity } from "@/lib/access/organisation/words"
import { alarmsOf, type Alarm } from "@/lib/insight/engine/alarms"
import { fade, makeBoard, placesOf, type Board } from "@/lib/insight/engine/board"
import { learnHistory, stepScores } from "@/lib/insight/engine/change"
import { testAll, type Evidence } from "@/lib/insight/engine/evidence"
import { bestExplanation } from "@/lib/insight/engine/explain"
import { applyIssuers, applyOperators, applyStores, operatorCells } from "@/lib/insight/engine/factor-up"
import { numbersIn, weighed } from "@/lib/insight/engine/factors/groups"
import type { OperatorCell } from "@/lib/insight/engine/factors/operator"
import { releaseFactors } from "@/lib/insight/engine/factors/release"
import {
  findCarriers,
  findLoneSites,
  findOperators,
  findSites,
  slotsByStore,
} from "@/lib/insight/engine/find-incidents"
import { findReleases } from "@/lib/insight/engine/find-releases"
import type { Flag } from "@/lib/insight/engine/flag"
import { follow, type Incident, type Trouble } from "@/lib/insight/engine/incidents/incident"
import { findOutages, outageTroubles } from "@/lib/insight/engine/incidents/outages"
import { judge, type Judgement } from "@/lib/insight/engine/judge"
import { learnNull } from "@/lib/insight/engine/null"
import { isOfRelease } from "@/lib/insight/engine/of-release"
import { rememberNight, rememberOperators, rememberRecent } from "@/lib/insight/engine/remember"
import { rivalsOf } from "@/lib/insight/engine/rivals"
import { ruledOutOf, type RuledOut } from "@/lib/insight/engine/ruled-out"
import type { EngineState } from "@/lib/insight/engine/state"
import { takeIn } from "@/lib/insight/engine/take-in"
import type { Night } from "@/lib/insight/engine/terms/input"
import { stepOf, weights } from "@/lib/insight/engine/terms/settings"
import { components, indexOf, signalCount, type Component } from "@/lib/insight/engine/terms/signals"
import { dayCells } from "@/lib/insight/engine/window"

export type NightResult = {
  /** Takes the place of the state that was given, which must not be used again. */
  state: EngineState
  flagsOpened: Flag[]
  flagsClosed: Flag[]
  incidentsOpened: Incident[]
  incidentsClosed: Incident[]
  /** How likely each terminal is to need a visit soon: the combined p value of its tests; it may exceed 1. */
  pValues: { terminal: string; p: number }[]
  /** Terminals with a bad night of their own, and what explains it. */
  alarms: Alarm[]
  /** Of each flag that opened, what else could have been the cause. */
  ruledOut: Map<Flag, RuledOut[]>
  /** What each discovery rate would have opened by itself. */
  rehearsed: Flag[][]
}

const tech = indexOf("tech")

export type NightOptions = {
  sensitivity?: Sensitivity
  /** Components whose flags are wrong too often: a step stricter than the others. */
  tightened?: ReadonlySet<Component>
}

/** One night: what arrived goes in, what to do comes out. It costs time in proportion to the terminals. */
export function runNight(before: EngineState, night: Night, options: NightOptions = {}): NightResult {
  const steps = nightSteps(before, night, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps, between which a process may do something else. */
export function* nightSteps(
  before: EngineState,
  night: Night,
  { sensitivity = "normal", tightened = new Set() }: NightOptions = {},
): Generator<void, NightResult> {
  const board = makeBoard(before, night)
  const { state } = board
  yield
  fade(board)
  yield
  const outages = findOutages(night.issuers)
  const testing = yield* takeIn(board, outages)
  rememberRecent(board)
  yield
  const byStore = slotsByStore(board)
  const { cells, carriers } = yield* withFactors(board)
  yield
  const evidence = yield* tested(board)
  yield
  const rivals = rivalsOf(board, byStore, cells)
  const ruledOut = ruledOutOf(board, rivals)
  const releases = findReleases(board)
  yield
  const bad = [...releases, ...state.incidents.values()]
  const { judgement, rehearsals } = judge(board, {
    evidence,
    steps: components.map((name) => stepOf[sensitivity] + (tightened.has(name) ? 1 : 0)),
    isAlone: (slot) => (byStore[board.stores.of[slot] ?? 0]?.length ?? 1) === 1,
    isExplained: (slot, component) => bestExplanation(rivals(slot, component)) !== "terminal",
    isOfRelease: (slot, component) => isOfRelease(board, bad, { slot, component }),
  })
  yield
  const incidents = follow(
    state.incidents,
    [
      ...testing,
      ...outageTroubles(outages),
      ...carriers,
      ...releases,
      ...placesTroubles(board, byStore, cells),
    ],
    night.day,
  )
  return {
    state: stateAfter(board, night, { judgement, rehearsals, incidents }),
    flagsOpened: judgement.opened,
    flagsClosed: judgement.closed,
    incidentsOpened: incidents.opened,
    incidentsClosed: incidents.closed,
    alarms: alarmsOf(board, incidents.open, judgement.flags),
    ruledOut: new Map(judgement.opened.map((flag) => [flag, ruledOut(flag)])),
    rehearsed: rehearsals.map(({ opened }) => opened),
    pValues: night.terminals.map(({ id }, i) => ({ terminal: id, p: evidence.terminals[i] ?? 1 })),
  }
}

/** Tonight joins what is remembered, and all terminals are tested. */
function* tested(board: Board): Generator<void, Evidence> {
  const { state } = board
  rememberNight(board)
  yield
  if (state.nights % dayCells === dayCells - 1)
    state.nulls = learnNull(
      {
        observed: board.tables.observed.values,
        expected: board.tables.expected.values,
        terminals: board.terminals,
        night: state.nights,
      },
      state.nulls,
    )
  yield
  learnHistory(board)
  stepScores(board)
  yield
  return testAll(board)
}

const placesTroubles = (
  board: Board,
  byStore: readonly (readonly number[])[],
  cells: ReadonlyMap<number, readonly OperatorCell[]>,
): Trouble[] => [
  ...findSites(board, byStore),
  ...findOperators(board, cells),
  ...findLoneSites(board, byStore),
]

type Findings = {
  judgement: Judgement
  rehearsals: readonly Judgement[]
  incidents: ReturnType<typeof follow>
}

function stateAfter(board: Board, night: Night, { judgement, rehearsals, incidents }: Findings): EngineState {
  const { state } = board
  return {
    ...state,
    nights: state.nights + 1,
    day: night.day,
    ids: night.terminals.map(({ id }) => id),
    places: placesOf(board),
    tables: board.tables,
    flags: judgement.flags,
    candidates: judgement.candidates,
    incidents: incidents.open,
    rehearsals: rehearsals.map(({ flags, candidates }) => ({ flags, candidates })),
  }
}

/** Corrects tonight's expectation for software, carriers, stores and operators. */
function* withFactors(board: Board) {
  const { tables, models, setups, release, factors, lineFactors } = board
  release.set(
    releaseFactors(
      weighed(
        {
          observed: numbersIn(tables.recentObserved.values),
          expected: numbersIn(tables.recentExpected.values),
        },
        board.state.nulls.terminals,
      ),
      { models, releases: setups },
    ),
  )
  factors.set(release)
  yield
  const carriers = findCarriers(board)
  const isDown = new Map(
    carriers.flatMap(({ subject, observed, expected }) =>
      subject.cls === "carrier"
        ? [[subject.carrier, (weights.carrier + observed) / (weights.carrier + expected)] as const]
        : [],
    ),
  )
  for (const [i, { carrier }] of board.night.terminals.entries()) {
    const at = i * signalCount + tech
    factors[at] = (factors[at] ?? 1) * (isDown.get(carrier) ?? 1)
    lineFactors[i] = factors[at] ?? 1
  }
  rememberOperators(board, release)
  yield
  applyStores(board, release)
  yield
  applyIssuers(board)
  const cells = operatorCells(board)
  applyOperators(board, cells)
  return { cells, carriers }
}
