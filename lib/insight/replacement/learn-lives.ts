import type { Db } from "@/lib/base/db/transaction"
import { beginLives, deleteLives, insertLives } from "@/lib/insight/replacement/sql"

type Learning = { orgId: string; now: Date; faultRules: readonly string[] }

/**
 * Counts anew how often terminals of each model fail by age, once a day. Returns how many ages of models are
 * known, or 0 if they have been counted today.
 */
export async function learnLives(db: Db, learning: Learning): Promise<number> {
  if ((await beginLives(db, learning)).length === 0) return 0
  await deleteLives(db, learning.orgId)
  return (await insertLives(db, learning)).length
}
