import sql from "sql-template-tag"
import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { stayOnIndex } from "@/lib/base/db/stay-on-index"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { parts } from "@/lib/base/parts"
import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import { clockAt } from "@/lib/insight/flags/clock"
import {
  deleteFlags,
  hadSales,
  insertFlags,
  muteFlags,
  organisationsAt,
  readPolicies,
  readReleases,
  terminalsToLookAt,
  unchangedSince,
  updateFlags,
  withDueTerminals,
  writeLooks,
  type NewLook,
} from "@/lib/insight/flags/detect-sql"
import { evaluateTerminals, type Look } from "@/lib/insight/flags/evaluate-terminals"
import { judgeRemote, keepEnded } from "@/lib/insight/flags/judge-remote"
import { quietFlags } from "@/lib/insight/flags/quiet-flags"
import { readLiveFlags, readTerminals, type Read } from "@/lib/insight/flags/read-terminals"
import { pendingAt } from "@/lib/insight/flags/remote-sql"
import { ruleSettingsOf } from "@/lib/insight/flags/rule-settings"
import { rules } from "@/lib/insight/flags/rules"
import { readEconomics } from "@/lib/insight/replacement/read-economics"
import { countOpenFlags, rankAgain } from "@/lib/insight/standings/note-changes"

type Detected = { terminals: number; flagsChanged: number }

/** So many rows are written within a tenth of a second, so the fold hardly waits. */
const mostAtOnce = 1_000
/** A part of the time between two rounds. */
const patienceMs = 10_000

const sumOf = (counts: Detected[]) => sumCounts({ terminals: 0, flagsChanged: 0 }, counts)

/** Brings the flags of all organisations up to now, in turn. Reads only terminals to look at. */
export async function detectAll({ now }: { now: Date }): Promise<Detected> {
  const orgIds = await asWorker((db) => dueOrganisations(db, now))
  const work = (orgId: string, longestWaitMs: number) => detectInSlices({ orgId, now, longestWaitMs })
  return sumOf(await inTurns({ loop: "detect", orgIds, work, patienceMs }))
}

async function dueOrganisations(db: Db, now: Date): Promise<string[]> {
  const all = await organisationsAt(db, { rules: ownRules })
  const others = all.filter((one) => !one.is_unsettled).map(({ id }) => id)
  await stayOnIndex(db)
  const due = await withDueTerminals(db, { orgIds: others, now })
  return [...all.filter((one) => one.is_unsettled), ...due].map(({ id }) => id)
}

/** Other rounds open and close the flags of other rules. */
const ownRules = rules.map(({ name }) => name)

type Round = {
  orgId: string
  now: Date
  /** How long a step may wait while the fold is at work; if not given, for as long as a round of it takes. */
  longestWaitMs?: number | undefined
}

/**
 * Looks at terminals of one organisation as of `now`: those about which something has changed, and those
 * whose flags wait for another evaluation.
 */
export async function detectOnce(round: Round): Promise<Detected> {
  const counts: Detected[] = []
  for await (const count of detectInSlices(round)) counts.push(count)
  return sumOf(counts)
}

/** Each slice is a transaction. Ends when another worker is at work on the organisation. */
async function* detectInSlices(round: Round): AsyncGenerator<Detected, void> {
  const chosen = await asWorker(async (db) => {
    await stayOnIndex(db)
    return terminalsToLookAt(db, { ...round, rules: ownRules })
  })
  for (const ids of parts(
    chosen.map(({ id }) => id),
    mostAtOnce,
  )) {
    const lock = { round: "detect", orgId: round.orgId } as const
    const detected = await alone(lock, (db) => detectSlice(db, { ...round, ids }))
    if (!detected) return
    yield detected
  }
}

type Slice = Round & { ids: readonly number[] }

/** Looks at some terminals. */
export async function detectSlice(db: Db, { orgId, now, ids, longestWaitMs }: Slice): Promise<Detected> {
  const live = await readLiveFlags(db, { ids, rules: ownRules })
  const read = await readTerminals(db, { orgId, now, ids, live })
  const [sales] = await hadSales(db, { orgId, now })
  // Read anew for each slice. A change meanwhile makes terminals due again, which a slice that does not know
  // of the change would undo.
  const context = {
    settings: await ruleSettingsOf(db, orgId),
    standards: { policies: await readPolicies(db, orgId), releases: await readReleases(db, orgId) },
    clock: clockAt(now.getTime()),
    hasSales: sales?.had_sales ?? false,
    economicsOf: (await readEconomics(db, sql`${orgId}::uuid`)).economicsOf,
  }
  const facts = read.map((one) => one.facts)
  const quiet = await quietFlags(db, { ids, now })
  const pending = await pendingAt(db, ids)
  const evaluated = evaluateTerminals(facts, live, { ...context, quiet })
  const { changed, looks, ended } = judgeRemote({ ...evaluated, facts, pending, now: now.getTime() })
  // The fold writes states in one snapshot, and a change during its transaction would make it start over.
  await takeFoldLock(db, orgId, longestWaitMs)
  const written = await settleLooks(db, { looks, read, now })
  const kept = changed.filter(({ terminalId }) => terminalId !== null && written.has(terminalId))
  await writeFlags(db, orgId, kept)
  await keepEnded(db, { orgId, at: now, ended: ended.filter((row) => written.has(row.terminal_id)) })
  const looked = looks.filter(({ terminalId }) => written.has(terminalId))
  const muted = (await muteFlags(db, looked)).map(({ id }) => id)
  const flagged = [...kept.flatMap(({ terminalId }) => terminalId ?? []), ...muted]
  if (flagged.length > 0) await countOpenFlags(db, flagged, now)
  if (muted.length > 0) await rankAgain(db, [...new Set(muted)])
  const isNews = ({ openedAt, closedAt }: LiveFlag) => [openedAt, closedAt].includes(now.getTime())
  return { terminals: written.size, flagsChanged: kept.filter(isNews).length }
}

type Looks = { looks: readonly Look[]; read: readonly Read[]; now: Date }

/**
 * Writes when terminals are looked at again. One that will be looked at no later than it must be keeps its
 * time, because writing costs entries in indexes. Returns the terminals that did not change since they were
 * read.
 */
async function settleLooks(db: Db, { looks, read, now }: Looks): Promise<ReadonlySet<number>> {
  const [moved, kept]: [NewLook[], NewLook[]] = [[], []]
  for (const [i, look] of looks.entries()) {
    const { lookAt = null, isRecovering = false } = read[i] ?? {}
    const isKept =
      isRecovering === look.isRecovering && isSoonEnough(lookAt, { nextLookAt: look.nextLookAt, now })
    ;(isKept ? kept : moved).push({ ...look, lookAt })
  }
  const settled = [
    ...(moved.length > 0 ? await writeLooks(db, moved) : []),
    ...(kept.length > 0 ? await unchangedSince(db, kept) : []),
  ]
  return new Set(settled.map(({ id }) => id))
}

/** Whether a terminal will be looked at in time. */
function isSoonEnough(lookAt: string | null, { nextLookAt, now }: { nextLookAt: number | null; now: Date }) {
  if (lookAt === null || nextLookAt === null) return lookAt === nextLookAt
  const at = Date.parse(lookAt)
  return at > now.getTime() && at <= nextLookAt
}

async function writeFlags(db: Db, orgId: string, flags: LiveFlag[]): Promise<void> {
  // A candidate that never opened was never shown.
  const isDropped = ({ status, openedAt }: LiveFlag) => status === "closed" && openedAt === null
  const dropped = flags.filter(isDropped).flatMap(({ id }) => (id === null ? [] : [id]))
  const kept = flags.filter((flag) => flag.id !== null && !isDropped(flag))
  const added = flags.filter(({ id }) => id === null)
  if (dropped.length > 0) await deleteFlags(db, dropped)
  if (kept.length > 0) await updateFlags(db, kept)
  if (added.length > 0) await insertFlags(db, orgId, added)
}
