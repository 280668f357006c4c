import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import { clockAt } from "@/lib/insight/flags/clock"
import {
  deleteFlags,
  dueOrganisations,
  insertFlags,
  readPolicies,
  terminalsToLookAt,
  tryDetectLock,
  updateFlags,
  writeLooks,
} from "@/lib/insight/flags/detect-sql"
import { evaluateTerminals } from "@/lib/insight/flags/evaluate-terminals"
import type { Policy } from "@/lib/insight/flags/facts"
import { readLiveFlags, readTerminals } from "@/lib/insight/flags/read-terminals"
import { rules } from "@/lib/insight/flags/rules"

type Detected = { terminals: number; flagsChanged: number }

/** So many rows are written within a tenth of a second, so the fold hardly waits. */
const mostAtOnce = 2_000

/** Brings the flags of all organisations up to now. Reads only terminals that are to be looked at. */
export async function detectAll({ now }: { now: Date }): Promise<Detected> {
  const total = { terminals: 0, flagsChanged: 0 }
  for (const { id } of await asWorker((db) => dueOrganisations(db, { now, rules: ownRules }))) {
    const detected = await detectOnce({ orgId: id, now })
    total.terminals += detected.terminals
    total.flagsChanged += detected.flagsChanged
  }
  return total
}

/** Other rounds open and close the flags of other rules. */
const ownRules = rules.map(({ name }) => name)

type Round = { orgId: string; now: Date }

/**
 * Looks at terminals of one organisation as of `now`: those about which something has changed, and those
 * whose flags wait for another evaluation. Each slice is a transaction. An organisation at which another
 * worker is at work is skipped.
 */
export async function detectOnce({ orgId, now }: Round): Promise<Detected> {
  const total = { terminals: 0, flagsChanged: 0 }
  let after: number | null = 0
  while (after !== null) {
    const from: number = after
    const slice = await asWorker((db) => detectSlice(db, { orgId, now, after: from }))
    total.terminals += slice.terminals
    total.flagsChanged += slice.flagsChanged
    after = slice.last
  }
  return total
}

type Slice = Round & { after: number }

/** The terminals after one id, in order of their ids. `last` is null if no more are to be looked at. */
export async function detectSlice(
  db: Db,
  { orgId, now, after }: Slice,
): Promise<Detected & { last: number | null }> {
  const nothing = { terminals: 0, flagsChanged: 0, last: null }
  const [lock] = await tryDetectLock(db, orgId)
  if (!lock?.locked) return nothing
  const chosen = await terminalsToLookAt(db, { orgId, now, rules: ownRules, after, limit: mostAtOnce })
  if (chosen.length === 0) return nothing
  const ids = chosen.map(({ id }) => id)
  const read = await readTerminals(db, { orgId, now, ids })
  const live = await readLiveFlags(db, { ids, rules: ownRules })
  const context = { policies: await policiesOf(db, orgId), clock: clockAt(now.getTime()) }
  const facts = read.map((one) => one.facts)
  const { changed, looks } = evaluateTerminals(facts, live, context)
  // The fold writes states in one snapshot, and a change during its transaction would make it start over.
  await takeFoldLock(db, orgId)
  const lookAts = read.map(({ lookAt }) => lookAt)
  const written = new Set((await writeLooks(db, looks, lookAts)).map(({ id }) => id))
  const kept = changed.filter(({ terminalId }) => terminalId !== null && written.has(terminalId))
  await writeFlags(db, orgId, kept)
  const isNews = ({ openedAt, closedAt }: LiveFlag) => [openedAt, closedAt].includes(now.getTime())
  return {
    terminals: written.size,
    flagsChanged: kept.filter(isNews).length,
    last: ids.length === mostAtOnce ? (ids.at(-1) ?? null) : null,
  }
}

const policiesOf = async (db: Db, orgId: string): Promise<Policy[]> =>
  (await readPolicies(db, orgId)).map((row) => ({
    modelId: row.model_id,
    component: row.component,
    minimum: row.minimum_version,
    dueOn: row.due_on,
  }))

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
