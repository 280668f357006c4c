import { asWorker } from "@/lib/db/transaction"
import { ownCardRef, rotationDays } from "@/lib/imports/card-ref"
import { boundsOfRuns, clearRange, deleteKey, dueRuns, keysBefore, noteCleared, type Bounds, type CardRefs } from "@/lib/imports/card-sql"

const dayMs = 86_400_000

async function clearDays({ org_id, min_at, max_at }: Bounds, rule: Pick<CardRefs, "prefix" | "receivedBefore">): Promise<number> {
  let cleared = 0
  for (let from = min_at.getTime(); from <= max_at.getTime(); from += dayMs) {
    const to = new Date(Math.min(from + dayMs, max_at.getTime() + 1))
    cleared += (await asWorker((db) => clearRange(db, { orgId: org_id, from: new Date(from), to, ...rule }))).length
  }
  return cleared
}

/**
 * Forgets the card references that were made here a fortnight ago and more; tokens that were sent stay. What was
 * booked anew meanwhile counts as young, and is forgotten with its key at the latest.
 */
export async function clearCardRefs(now: Date): Promise<number> {
  const before = new Date(now.getTime() - rotationDays * dayMs)
  let cleared = 0
  for (const run of await asWorker((db) => dueRuns(db, before))) {
    cleared += await clearDays(run, { prefix: ownCardRef, receivedBefore: before })
    await asWorker((db) => noteCleared(db, run.id))
  }
  // A key hashes for a fortnight, and what it hashed last is a fortnight old another one later.
  for (const key of await asWorker((db) => keysBefore(db, new Date(before.getTime() - rotationDays * dayMs)))) {
    for (const bounds of await asWorker((db) => boundsOfRuns(db, key.org_id))) {
      cleared += await clearDays(bounds, { prefix: `${ownCardRef}${key.id}:`, receivedBefore: null })
    }
    await asWorker((db) => deleteKey(db, key.id))
  }
  return cleared
}
