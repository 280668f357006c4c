import { asWorker } from "@/lib/base/db/transaction"
import { inItsTurn } from "@/lib/base/rounds/in-its-turn"
import { addDays, type Day } from "@/lib/base/time/zone"
import { checkable } from "@/lib/rollups/fold/sql/check"
import type { Difference } from "@/lib/rollups/fold/sql/differences"
import { clearLost, insertLost, lostDifferences } from "@/lib/rollups/lost/lost-sql"

type Check = {
  /** All organisations if none is given. */
  orgId: string | null
  /** Store-local days, `to` excluded. */
  from: Day
  to: Day
  isRepair: boolean
}
type Found = Difference & { organisation: string }

/** Compares lost sales with the verdicts. With `isRepair`, days that differ are summed again. */
export async function checkLost({ orgId, from, to, isRepair }: Check): Promise<Found[]> {
  const found: Found[] = []
  for (const { org_id: id, name: organisation } of await asWorker((db) => checkable(db, orgId)))
    for (let day = from; day < to; day = addDays(day, 1)) {
      const one = { orgId: id, day }
      const differences = await inItsTurn({ round: "verdicts", orgId: id }, async (db) => {
        const wrong = await lostDifferences(db, one)
        if (isRepair && wrong.length > 0) {
          await clearLost(db, one)
          await insertLost(db, one)
        }
        return wrong
      })
      found.push(...differences.map((difference) => ({ ...difference, organisation })))
    }
  return found
}
