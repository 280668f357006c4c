import { takeFoldLock } from "@/lib/base/db/fold-lock"
import type { Db } from "@/lib/base/db/transaction"
import {
  anyChange,
  continueAfter,
  endChange,
  followToStores,
  oldestChange,
  lookAgain,
  takeTerminals,
  terminalsOf,
  type Change,
} from "@/lib/insight/silence/changes-sql"
import { usualSlice, type Round } from "@/lib/insight/silence/round"
import { rankAgain } from "@/lib/insight/standings/note-changes"

/**
 * Makes the rounds look at the terminals of some waiting changes. A change of a store, a model or the
 * organisation is taken in slices of its terminals, and so is the end of an outage.
 */
export async function takeChanges(db: Db, round: Round): Promise<{ mayWait: boolean }> {
  const { orgId, now, longestWaitMs, atMost = usualSlice } = round
  const slice = { orgId, limit: atMost }
  const [waiting] = await anyChange(db, orgId)
  if (!waiting) return { mayWait: false }
  // Taken before any row is written. Each statement afterwards sees what was committed meanwhile.
  await takeFoldLock(db, orgId, longestWaitMs)
  const named = (await takeTerminals(db, slice)).map(({ id }) => id)
  const [change] = named.length === 0 ? await oldestChange(db, orgId) : []
  const ids = change ? (await terminalsOf(db, change, slice)).map(({ id }) => id) : named
  const last = ids.length === atMost ? ids.at(-1) : undefined
  if (change) await (last === undefined ? endChange(db, change) : continueAfter(db, change, last))
  if (ids.length > 0) {
    const what = matters[change?.kind ?? "terminal"]
    if (what.isRankDue) await rankAgain(db, ids)
    if (!change) await followToStores(db, ids)
    await lookAgain(db, { ids, now, ...what })
  }
  return { mayWait: named.length > 0 || change !== undefined }
}

type Matters = { isStateDue: boolean; isLookDue: boolean; isRankDue: boolean }

/** What is to be worked out again. Models and release policies matter to flags alone, an outage to states. */
const matters: Record<Change["kind"] | "terminal", Matters> = {
  terminal: { isStateDue: true, isLookDue: true, isRankDue: true },
  store: { isStateDue: true, isLookDue: true, isRankDue: true },
  model: { isStateDue: false, isLookDue: true, isRankDue: false },
  organisation: { isStateDue: false, isLookDue: true, isRankDue: false },
  outage: { isStateDue: true, isLookDue: false, isRankDue: false },
}
