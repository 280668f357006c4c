import type { Db } from "@/lib/base/db/transaction"
import { deleteLives, insertLives } from "@/lib/insight/replacement/sql"

type Learning = { orgId: string; now: Date; faultRules: readonly string[] }

/** Counts anew how often terminals of each model fail by age. Returns how many ages of models are known. */
export async function learnLives(db: Db, learning: Learning): Promise<number> {
  await deleteLives(db, learning.orgId)
  return (await insertLives(db, learning)).length
}
