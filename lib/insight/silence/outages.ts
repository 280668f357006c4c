import { takeFoldLock } from "@/lib/base/db/fold-lock"
import type { Db } from "@/lib/base/db/transaction"
import type { Span } from "@/lib/fleet/stores/opening-hours"
import {
  checkOutagesAt,
  countSilent,
  insertOutage,
  makeUnknown,
  outagesSince,
  receiptsIn,
  restateSilent,
  watchOf,
} from "@/lib/insight/silence/outages-sql"

/** Without any heartbeat of the whole organisation for so long, the fault is on our side. */
const outageAfterSeconds = 3600
const outageAfterMs = outageAfterSeconds * 1000
/** Fewer silent terminals may have failed by themselves. */
const fewestTerminals = 5
const weekMs = 7 * 24 * 3_600_000
/** Until then more terminals may have become late. */
const lookAgainMs = 60_000

type Check = { orgId: string; now: Date }

/**
 * Records our own outages of an organisation, and returns whether one goes on. If no worker has looked for a
 * while, any long gap between receipts was one.
 */
export async function checkOutages(db: Db, { orgId, now }: Check): Promise<boolean> {
  const [watch] = await watchOf(db, orgId)
  if (!watch) return false
  const { check_at: checkAt, open_from: openFrom } = watch
  if (checkAt && checkAt > now) return false
  const lookedAt = checkAt ?? now
  const from = openFrom ?? new Date(lookedAt.getTime() - outageAfterMs)
  const [receipts] = await receiptsIn(db, { orgId, from, to: now, longestSeconds: outageAfterSeconds })
  const { first_at: firstAt, last_at: lastAt, gaps } = receipts ?? { first_at: null, last_at: null, gaps: [] }
  if (openFrom && firstAt === null) return true
  // The first receipt ends it, even one that was on its way when the outage began.
  const open = openFrom && firstAt ? [{ from: openFrom, to: firstAt }] : []
  if (openFrom || now.getTime() - lookedAt.getTime() > 2 * lookAgainMs)
    await recordEnded(db, { orgId, now }, [...gaps, ...open])
  return beginOutage(db, { orgId, now, lastAt })
}

type Gap = { from: string | Date; to: string | Date }

async function recordEnded(db: Db, { orgId, now }: Check, gaps: Gap[]): Promise<void> {
  for (const gap of gaps) await insertOutage(db, { orgId, from: new Date(gap.from), to: new Date(gap.to) })
  if (gaps.length === 0) return
  await takeFoldLock(db, orgId)
  await restateSilent(db, { orgId, now })
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
  await takeFoldLock(db, orgId)
  await makeUnknown(db, { orgId, now })
  return true
}

/** The outages of an organisation that ended after an instant, in order. */
export const outagesOf = async (db: Db, outage: { orgId: string; since: Date }): Promise<Span[]> =>
  (await outagesSince(db, outage)).map((row) => ({ from: row.from_at.getTime(), to: row.to_at.getTime() }))
