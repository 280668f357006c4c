import type { Db } from "@/lib/base/db/transaction"
import { makeDue, openFlagsOf, writeOpenFlags } from "@/lib/insight/standings/sql"

/** Lets terminals be ranked again: new ones, and those whose store or its zone has changed. */
export const rankAgain = (db: Db, ids: readonly number[]) => makeDue(db, ids)

/** Counts the open flags of these terminals again, in the transaction that changes the flags. */
export async function countOpenFlags(db: Db, ids: readonly number[]): Promise<void> {
  const flagsOf = new Map((await openFlagsOf(db, ids)).map(({ id, flags }) => [id, flags]))
  await writeOpenFlags(
    db,
    ids.map((id) => ({ id, flags: flagsOf.get(id) ?? 0 })),
  )
}
