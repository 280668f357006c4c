import { setTimeout as pause } from "node:timers/promises"
import { tryFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker } from "@/lib/base/db/transaction"
import { addPolicy } from "@/lib/fleet/releases/change-releases"
import { detectAll, detectOnce } from "@/lib/insight/flags/detect"
import { settleOrganisation, settleStates } from "@/lib/insight/silence/settle-states"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { readGauges } from "@/lib/run/metrics/read-gauges"
import { inBenchDatabase } from "@/tests/bench/bench-database"
import { quantile } from "@/tests/bench/measure"
import {
  fallSilent,
  forgetFleet,
  givenBeatingFleet,
  passDeadlines,
  sendHeartbeats,
} from "@/tests/bench/silent-fleet"
import type { Organisation } from "@/tests/support/factories"

type Options = { terminals: number; say: (text: string) => void }
type Figures = Record<string, number>

const quietRounds = 20
const silentAtOnce = 10_000
const beatSeconds = 900
const hourMs = 3_600_000

/**
 * Measures the rounds of states and flags: with a quiet fleet of this many terminals and of a tenth of them,
 * when many terminals fall silent at once, and around them. Ratios are of the larger fleet to the smaller.
 */
export async function benchFlags({ terminals, say }: Options): Promise<Record<string, number>> {
  return inBenchDatabase(async () => {
    const small = await measure(Math.round(terminals / 10), say)
    const large = await measure(terminals, say)
    return Object.fromEntries(
      Object.keys(large).flatMap((name) => {
        const [less = Number.NaN, more = Number.NaN] = [small[name], large[name]]
        return [
          [`${name}: ms, ${Math.round(terminals / 10)} terminals`, less],
          [`${name}: ms, ${terminals} terminals`, more],
          [`${name}: ratio`, more / less],
        ]
      }),
    )
  })
}

async function measure(terminals: number, say: Options["say"]): Promise<Figures> {
  say(`a fleet of ${terminals} terminals`)
  const organisation = await givenBeatingFleet(terminals)
  const figures = {
    ...(await quietFigures(organisation, terminals)),
    ...(await silenceFigures(organisation, Math.min(terminals, silentAtOnce))),
    ...(await fleetFigures(organisation)),
  }
  await forgetFleet(organisation.orgId)
  return figures
}

async function quietFigures({ orgId }: Organisation, terminals: number): Promise<Figures> {
  const first = await msOf(() => bothRounds(orgId, new Date()))
  const perSecond = Math.max(1, Math.round(terminals / (2 * beatSeconds)))
  await passDeadlines({ orgId, terminals: perSecond })
  return {
    "first look at the whole fleet": first,
    [`deadlines of a second that heartbeats have moved`]: await msOf(() => settleStates({ now: new Date() })),
    "quiet round of states": await middleOf(() => settleStates({ now: new Date() })),
    "quiet round of flags": await middleOf(() => detectAll({ now: new Date() })),
    metrics: await middleOf(readGauges),
    "quiet round of retention": await msOf(() => retain()),
  }
}

async function silenceFigures({ orgId }: Organisation, terminals: number): Promise<Figures> {
  const some = { orgId, terminals }
  await fallSilent(some)
  const watch = await whileWatchingLock(orgId, async () => ({
    [`${terminals} fall silent: states`]: await msOf(() => settleOrganisation({ orgId, now: new Date() })),
    [`${terminals} fall silent: candidates`]: await msOf(() => detectOnce({ orgId, now: new Date() })),
    [`${terminals} fall silent: flags open`]: await msOf(() => detectOnce({ orgId, now: new Date() })),
  }))
  await sendHeartbeats(some)
  return {
    ...watch.result,
    [`${terminals} fall silent: longest hold of the fold`]: watch.longest,
    [`${terminals} come back: fold`]: await msOf(foldAll),
    [`${terminals} come back: flags`]: await msOf(() => detectOnce({ orgId, now: new Date() })),
  }
}

async function fleetFigures({ orgId, actor }: Organisation): Promise<Figures> {
  const body = { component: "app" as const, minimumVersion: "6.0", model: null, dueOn: null }
  await addPolicy({ actor, body })
  const policy = await whileWatchingLock(orgId, () => msOf(() => bothRounds(orgId, new Date())))
  // Nothing comes in for an hour, and then something does.
  const later = new Date(Date.now() + 1.1 * hourMs)
  await msOf(() => settleOrganisation({ orgId, now: new Date(later.getTime() - hourMs / 3) }))
  const begins = await whileWatchingLock(orgId, () => msOf(() => settleOrganisation({ orgId, now: later })))
  return {
    "new minimum version for all": policy.result,
    "new minimum version for all: longest hold of the fold": policy.longest,
    "our own outage begins": begins.result,
    "our own outage begins: longest hold of the fold": begins.longest,
  }
}

async function bothRounds(orgId: string, now: Date): Promise<void> {
  await settleOrganisation({ orgId, now })
  await detectOnce({ orgId, now })
}

async function msOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

async function middleOf(run: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let round = 0; round < quietRounds; round += 1) took.push(await msOf(run))
  return quantile(took, 0.5)
}

/** Runs something, and asks all the time for the fold's lock: the longest time without it is the hold. */
async function whileWatchingLock<T>(
  orgId: string,
  run: () => Promise<T>,
): Promise<{ result: T; longest: number }> {
  let [isRunning, longest, freeAt] = [true, 0, performance.now()]
  const watching = (async () => {
    while (isRunning) {
      const [lock] = await asWorker((db) => tryFoldLock(db, orgId))
      const now = performance.now()
      if (lock?.locked) freeAt = now
      else longest = Math.max(longest, now - freeAt)
      await pause(2)
    }
  })()
  try {
    return { result: await run(), longest }
  } finally {
    isRunning = false
    await watching
  }
}
