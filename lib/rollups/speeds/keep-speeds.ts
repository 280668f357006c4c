import { asWorker } from "@/lib/base/db/transaction"
import type { Speeds } from "@/lib/rollups/speeds/count-speeds"
import { clearSpeeds, insertSpeeds } from "@/lib/rollups/speeds/sql"

type Counted = { orgId: string; day: string; speeds: readonly Speeds[] }

/** Keeps how long a day's sales took. What was kept of the day before is replaced. */
export const keepSpeeds = (counted: Counted): Promise<void> =>
  asWorker(async (db) => {
    await clearSpeeds(db, counted)
    await insertSpeeds(db, counted)
  })
