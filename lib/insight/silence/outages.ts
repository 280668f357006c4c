import { takeFoldLock } from "@/lib/base/db/fold-lock"
import type { Db } from "@/lib/base/db/transaction"
import type { Span } from "@/lib/fleet/stores/opening-hours"
import {
  checkOutagesAt,
  countSilent,
  insertOutage,
  makeUnknown,
  noteEnd,
  outagesSince,
  receiptsIn,
  watchOf,
  withKnownState,
} from "@/lib/insight/silence/outages-sql"
import { usualSlice, type Round } from "@/lib/insight/silence/round"

/** Without any heartbeat of the whole organisation for so long, the fault is on our side. */
const outageAfterSeconds = 3600
const outageAfterMs = outageAfterSeconds * 1000
/** Fewer silent terminals may have failed by themselves. */
const fewestTerminals = 5
const weekMs = 7 * 24 * 3_600_000
/** Until then more terminals may have become late. */
const lookAgainMs = 60_000

type Check = { orgId: string; now: Date }

export type Outages = {
  /** Whether one goes on. */
  isOpen: boolean
  /** Whether the end of one was noted now. */
  hasEnded: boolean
}

/**
 * Records our own outages of an organisation. If no worker has looked for a while, any long gap between
 * receipts was one.
 */
export async function checkOutages(db: Db, { orgId, now }: Check): Promise<Outages> {
  const none = { isOpen: false, hasEnded: false }
  const [watch] = await watchOf(db, orgId)
  if (!watch) return none
  const { check_at: checkAt, open_from: openFrom } = watch
  if (checkAt && checkAt > now) return none
  const lookedAt = checkAt ?? now
  const from = openFrom ?? new Date(lookedAt.getTime() - outageAfterMs)
  const [receipts] = await receiptsIn(db, { orgId, from, to: now, longestSeconds: outageAfterSeconds })
  const { first_at: firstAt, last_at: lastAt, gaps } = receipts ?? { first_at: null, last_at: null, gaps: [] }
  if (openFrom && firstAt === null) return { isOpen: true, hasEnded: false }
  // The first receipt ends it, even one that was on its way when the outage began.
  const open = openFrom && firstAt ? [{ from: openFrom, to: firstAt }] : []
  const isRecorded = openFrom !== null || now.getTime() - lookedAt.getTime() > 2 * lookAgainMs
  const ended = isRecorded ? [...gaps, ...open] : []
  await recordEnded(db, orgId, ended)
  return { isOpen: await beginOutage(db, { orgId, now, lastAt }), hasEnded: ended.length > 0 }
}

type Gap = { from: string | Date; to: string | Date }

/** Terminals may count as silent because of an outage that is noticed after it ended. */
async function recordEnded(db: Db, orgId: string, gaps: Gap[]): Promise<void> {
  for (const gap of gaps) await insertOutage(db, { orgId, from: new Date(gap.from), to: new Date(gap.to) })
  if (gaps.length > 0) await noteEnd(db, orgId)
}

/** Begins an outage if the last receipt is long ago and many terminals are silent. */
async function beginOutage(
  db: Db,
  { orgId, now, lastAt }: Check & { lastAt: Date | null },
): Promise<boolean> {
  const lookAt = (ms: number) => checkOutagesAt(db, { orgId, at: new Date(ms) })
  const mayBeginAt = (lastAt ?? now).getTime() + outageAfterMs
  if (lastAt === null || mayBeginAt > now.getTime()) {
    await lookAt(mayBeginAt)
    return false
  }
  const beatingSince = new Date(lastAt.getTime() - weekMs)
  const [silent] = await countSilent(db, { orgId, beatingSince, now, atMost: fewestTerminals })
  if ((silent?.count ?? 0) < fewestTerminals) {
    await lookAt(now.getTime() + lookAgainMs)
    return false
  }
  await insertOutage(db, { orgId, from: lastAt, to: null })
  await lookAt(now.getTime())
  return true
}

/**
 * Makes some states unknown, in the transaction that has found an outage: so no other worker can have ended
 * it meanwhile. Returns whether more states may be known.
 */
export async function forgetStates(db: Db, round: Round): Promise<boolean> {
  const { orgId, now, longestWaitMs, atMost = usualSlice } = round
  const ids = (await withKnownState(db, { orgId, limit: atMost })).map(({ id }) => id)
  if (ids.length === 0) return false
  await takeFoldLock(db, orgId, longestWaitMs)
  await makeUnknown(db, { ids, now })
  return ids.length === atMost
}

/** The outages of an organisation that ended after an instant, in order. */
export const outagesOf = async (db: Db, outage: { orgId: string; since: Date }): Promise<Span[]> =>
  (await outagesSince(db, outage)).map((row) => ({ from: row.from_at.getTime(), to: row.to_at.getTime() }))
