import { asWorker } from "@/lib/base/db/transaction"
import { parts } from "@/lib/base/parts"
import { takeBack, waitingCorrections } from "@/lib/insight/verdicts/corrections-sql"
import { alone } from "@/lib/rollups/fold/alone"
import { recountDay } from "@/lib/rollups/fold/recount-day"
import { checkable } from "@/lib/rollups/fold/sql/check"
import { keptRollups } from "@/lib/rollups/fold/sql/tables"

const terminalsAtOnce = 200

/**
 * Takes failed reads out of the channels of terminals and places whose cards fail elsewhere, too, and puts
 * back those of which this turned out wrong. Days whose raw rows are gone stay as they are.
 */
export async function bookCorrections({ orgId }: { orgId: string }): Promise<void> {
  const [organisation] = await asWorker((db) => checkable(db, orgId))
  if (!organisation) return
  for (const { day, terminalIds } of await asWorker((db) => waitingCorrections(db, orgId)))
    for (const some of parts(terminalIds, terminalsAtOnce))
      await alone(orgId, ({ kept, inGroups }) =>
        inGroups(async (db) => {
          await takeBack(db, { orgId, day, terminalIds: some })
          if (day < organisation.oldest_day) return
          await recountDay(db, { organisation, day, kept, terminalIds: some, rollups: keptRollups })
        }),
      )
}
