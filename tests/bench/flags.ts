import { setTimeout as pause } from "node:timers/promises"
import { tryFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker } from "@/lib/base/db/transaction"
import { addPolicy } from "@/lib/fleet/releases/change-releases"
import { detectAll, detectOnce } from "@/lib/insight/flags/detect"
import { settleOrganisation, settleStates } from "@/lib/insight/silence/settle-states"
import { foldAll, foldOnce } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { readGauges } from "@/lib/run/metrics/read-gauges"
import { inBenchDatabase } from "@/tests/bench/bench-database"
import { quantile } from "@/tests/bench/measure"
import {
  fallSilent,
  forgetFleet,
  givenBeatingFleet,
  passDeadlines,
  perStore,
  sendHeartbeats,
} from "@/tests/bench/silent-fleet"
import type { Organisation } from "@/tests/support/factories"
import { noPolicy } from "@/tests/support/terminal-facts"

type Options = { terminals: number; say: (text: string) => void }
type Figures = Record<string, number>

const quietRounds = 20
/** One of each store, because a store that is silent as a whole gets no flags. */
const silentAtOnce = 10_000
const beatSeconds = 900
const hourMs = 3_600_000

/**
 * Measures the rounds of a quiet fleet of this many terminals, of a tenth and of a hundredth of them, when
 * many terminals fall silent at once, and around them. Ratios are of the largest fleet to the smallest.
 */
export async function benchFlags({ terminals, say }: Options): Promise<Record<string, number>> {
  return inBenchDatabase(async () => {
    const sizes = [terminals / 100, terminals / 10, terminals].map(Math.round)
    const figures: Figures[] = []
    for (const size of sizes) figures.push(await measure(size, say))
    const names = Object.keys(figures.at(-1) ?? {})
    return Object.fromEntries(
      names.flatMap((name) => {
        const values = figures.map((one) => one[name] ?? Number.NaN)
        return [
          ...values.map((value, place) => [`${name}: ms, ${sizes[place]} terminals`, value] as const),
          [`${name}: ratio`, (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN)] as const,
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
    ...(await silenceFigures(organisation, Math.min(Math.floor(terminals / perStore), silentAtOnce))),
    ...(await fleetFigures(organisation)),
  }
  await forgetFleet(organisation.orgId)
  return figures
}

async function quietFigures({ orgId }: Organisation, terminals: number): Promise<Figures> {
  const first = await msOf(() => bothRounds(orgId, new Date()))
  const perSecond = Math.max(1, Math.round(terminals / (2 * beatSeconds)))
  await passDeadlines({ orgId, terminals: perSecond })
  const moved = await msOf(() => settleStates({ now: new Date() }))
  const quiet = {
    "quiet round of the fold": await middleOf(foldOnce),
    "quiet round of states": await middleOf(() => settleStates({ now: new Date() })),
    "quiet round of flags": await middleOf(() => detectAll({ now: new Date() })),
    metrics: await middleOf(readGauges),
  }
  return {
    "first look at the whole fleet": first,
    "deadlines of a second that heartbeats have moved": moved,
    ...quiet,
    "quiet rounds in all": Object.values(quiet).reduce((sum, ms) => sum + ms, 0),
    "quiet round of retention, once an hour": await msOf(() => retain()),
  }
}

async function silenceFigures({ orgId }: Organisation, terminals: number): Promise<Figures> {
  const some = { orgId, terminals }
  await fallSilent(some)
  const startedAt = performance.now()
  const watch = await whileWatchingLock(orgId, async () => ({
    "many fall silent at once: states": await msOf(() => settleOrganisation({ orgId, now: new Date() })),
    "many fall silent at once: candidates": await msOf(() => detectOnce({ orgId, now: new Date() })),
    "many fall silent at once: flags open": await msOf(() => detectOnce({ orgId, now: new Date() })),
  }))
  const inAll = performance.now() - startedAt
  await sendHeartbeats(some)
  return {
    ...watch.result,
    "many fall silent at once: in all": inAll,
    "many fall silent at once: longest hold of the fold": watch.longest,
    "they come back: fold": await msOf(foldAll),
    "they come back: flags": await msOf(() => detectOnce({ orgId, now: new Date() })),
  }
}

async function fleetFigures({ orgId, actor }: Organisation): Promise<Figures> {
  await addPolicy({ actor, body: { ...noPolicy, minimumVersion: "6.0" } })
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
