import { setImmediate } from "node:timers/promises"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { learnReference, tableOf, type Reference } from "@/lib/insight/engine/reference"
import { nightSteps, type NightResult } from "@/lib/insight/engine/run-night"
import type { EngineState } from "@/lib/insight/engine/state"
import type { TerminalFacts } from "@/lib/insight/engine/terms/input"
import { components } from "@/lib/insight/engine/terms/signals"
import { nextDay, readBegun, settlesAt, type Begun } from "@/lib/insight/nights/due-nights"
import {
  claimNight,
  keepMemory,
  readMemory,
  releaseNight,
  storeParts,
} from "@/lib/insight/nights/engine-store"
import { factsAt } from "@/lib/insight/nights/facts"
import { keepFlags } from "@/lib/insight/nights/keep-flags"
import { keepIncidents } from "@/lib/insight/nights/keep-incidents"
import { nightInput } from "@/lib/insight/nights/night-input"
import { ruleOf } from "@/lib/insight/nights/rule-of"
import { keepRehearsal } from "@/lib/insight/sensitivity/keep-rehearsal"
import { nightSettings } from "@/lib/insight/sensitivity/night-settings"
import { tightenRules } from "@/lib/insight/sensitivity/tighten-rules"
import { bookCorrections } from "@/lib/insight/verdicts/book-corrections"
import { learnFromFindings } from "@/lib/insight/verdicts/learn-from-findings"
import { keepReference } from "@/lib/rollups/reference/keep-reference"

export const nothingSettled = {
  nights: 0,
  flagsOpened: 0,
  flagsClosed: 0,
  incidentsOpened: 0,
  incidentsClosed: 0,
}
export type Settled = typeof nothingSettled

type Due = { orgId: string; at: Date }

/**
 * The nights of an organisation that are over at `at` and not settled yet, each settled when it is asked for,
 * in a transaction of its own with the engine's state, flags, incidents and reference table. A night settles
 * a store-local day, once it is over in all stores and late records have had their time. Ends if another
 * worker is at them. Returns where the nights have got to, as it was read last.
 */
export async function* nightsOf({ orgId, at }: Due): AsyncGenerator<Settled, Begun | null> {
  for (;;) {
    const begun = await asWorker((db) => readBegun(db, orgId))
    const day = begun ? nextDay(begun, at) : null
    if (!begun || day === null) return begun
    const settled = await settleDay({ orgId, day, at: settlesAt(day, begun.zones), zone: begun.zone })
    if (!settled) return begun
    yield settled
  }
}

type Night = {
  orgId: string
  day: Day
  /** When it is due. A night that is settled late changes flags and incidents as of then. */
  at: Date
  zone: string
}

async function settleDay(night: Night): Promise<Settled | null> {
  const { orgId, day, at } = night
  if (!(await asWorker((db) => claimNight(db, { orgId, day })))) return null
  try {
    await learnFromFindings({ orgId, at })
    await bookCorrections({ orgId })
    await tightenRules({ orgId, at: night.at })
    return await settleClaimed(night)
  } catch (error) {
    await asWorker((db) => releaseNight(db, { orgId, day }))
    throw error
  }
}

type Found = { terminals: readonly TerminalFacts[]; result: NightResult; reference: Reference }

/** What the engine finds. All that it took in is out of memory when this ends. */
async function findings({ orgId, day, at }: Night): Promise<Found> {
  const { settings, facts } = await asWorker(async (db) => ({
    settings: await nightSettings(db, orgId),
    facts: await factsAt(db, { orgId, until: at }),
  }))
  const { night, cellsWithout } = await nightInput({ orgId, day, terminals: facts })
  // Read last, because it is large: by now what the database sent is out of memory.
  const memory = await asWorker((db) => readMemory(db, orgId))
  const leftOut = terminalsWithFlags(memory.engine)
  const { terminals } = night
  const tightened = new Set(components.filter((name) => settings.tightened.has(ruleOf[name])))
  const result = await unhurried(
    nightSteps(memory.engine, night, { sensitivity: settings.sensitivity, tightened }),
  )
  const tested = testedTerminals(result.state)
  const cells = cellsWithout((terminal) => leftOut.has(terminal) || tested.has(terminal))
  return { terminals, result, reference: learnReference(memory.reference, cells) }
}

async function settleClaimed(night: Night): Promise<Settled> {
  const { orgId, day, at } = night
  const { terminals, result, reference } = await findings(night)
  const kept = { ...night, terminals, result }
  return retryConflicts(() =>
    asWorker(async (db) => {
      const { merged, ...incidents } = await keepIncidents(db, kept)
      const open = [...result.state.incidents].filter(([subject]) => !merged.includes(subject))
      // Takes seconds in a large fleet, so it comes before rows are locked that other rounds write.
      const parts = await storeParts(db, { engine: { ...result.state, incidents: new Map(open) }, reference })
      const flags = await keepFlags(db, kept)
      await keepRehearsal(db, { orgId, day, flags: rehearsedBy(result, terminals) })
      await keepReference(db, { orgId, rows: tableOf(reference), now: at })
      if (!(await keepMemory(db, { orgId, day, at, parts })))
        throw new Error("another worker has settled this night")
      return { nights: 1, ...flags, ...incidents }
    }),
  )
}

const rehearsedBy = ({ rehearsed }: NightResult, terminals: readonly TerminalFacts[]) => {
  const stores = new Map(terminals.map(({ id, store }) => [id, Number(store)]))
  return rehearsed.flatMap((flags, step) =>
    flags.map(({ component, terminal }) => ({
      step,
      rule: ruleOf[component],
      terminal_id: Number(terminal),
      store_id: stores.get(terminal) ?? 0,
    })),
  )
}

/** Fold and states of the same process take their turns between the steps. */
async function unhurried<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await setImmediate()
  }
}

const terminalsWithFlags = ({ flags }: EngineState): Set<string> =>
  new Set([...flags.values()].map(({ terminal }) => terminal))

/** Where cards are tested, failures say nothing of what is usual. */
const testedTerminals = ({ incidents }: EngineState): Set<string> =>
  new Set(
    [...incidents.values()].flatMap(({ subject }) =>
      subject.cls === "card-testing" ? [subject.terminal] : [],
    ),
  )
