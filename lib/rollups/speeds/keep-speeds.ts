import { asWorker } from "@/lib/base/db/transaction"
import type { Speeds } from "@/lib/rollups/speeds/count-speeds"
import { addSpeeds, clearSpeeds } from "@/lib/rollups/speeds/sql"

type Counted = { orgId: string; day: string; speeds: readonly Speeds[] }

const rowsAtOnce = 10_000

/** Keeps how long a day's sales took. What was kept of the day before is replaced. */
export const keepSpeeds = (counted: Counted): Promise<void> =>
  asWorker(async (db) => {
    await clearSpeeds(db, counted)
    for (let from = 0; from < counted.speeds.length; from += rowsAtOnce)
      await addSpeeds(db, { ...counted, speeds: counted.speeds.slice(from, from + rowsAtOnce) })
  })
