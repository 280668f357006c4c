import { takeFoldLock } from "@/lib/base/db/fold-lock"
import type { Db } from "@/lib/base/db/transaction"
import {
  continueAfter,
  endChange,
  oldestChange,
  lookAgain,
  takeTerminals,
  terminalsOf,
} from "@/lib/insight/silence/changes-sql"

/** So many rows are written within a tenth of a second, so the fold hardly waits. */
const mostAtOnce = 2_000

/**
 * Makes the rounds look at the terminals of some waiting changes of master data. Returns whether more may
 * wait. A change of a store, a model or the organisation is taken in slices of its terminals.
 */
export async function takeChanges(db: Db, { orgId, now }: { orgId: string; now: Date }): Promise<boolean> {
  const slice = { orgId, limit: mostAtOnce }
  const named = (await takeTerminals(db, slice)).map(({ id }) => id)
  const [change] = named.length === 0 ? await oldestChange(db, orgId) : []
  const ids = change ? (await terminalsOf(db, change, slice)).map(({ id }) => id) : named
  const last = ids.length === mostAtOnce ? ids.at(-1) : undefined
  if (change) await (last === undefined ? endChange(db, change) : continueAfter(db, change, last))
  if (ids.length > 0) {
    await takeFoldLock(db, orgId)
    // Models and minimum versions matter to flags alone.
    await lookAgain(db, { ids, now, isStateDue: !change || change.kind === "store" })
  }
  return named.length > 0 || change !== undefined
}
