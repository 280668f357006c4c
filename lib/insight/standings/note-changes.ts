import type { Db } from "@/lib/base/db/transaction"
import { makeDue, openFlagsOf, withStanding, writeOpenFlags } from "@/lib/insight/standings/sql"

/** Lets terminals be ranked again: new ones, and those whose store or its zone has changed. */
export async function rankAgain(db: Db, ids: readonly number[]): Promise<void> {
  const added = await withoutStanding(db, ids)
  await makeDue(db, ids)
  if (added.length > 0) await countOpenFlags(db, added)
}

/** Lets those of these terminals be ranked that never were. */
export async function rankNew(db: Db, ids: readonly number[]): Promise<void> {
  const added = await withoutStanding(db, ids)
  if (added.length > 0) await rankAgain(db, added)
}

export async function withoutStanding(db: Db, ids: readonly number[]): Promise<number[]> {
  const known = new Set((await withStanding(db, ids)).map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}

/**
 * Counts the open flags of these terminals again, in the transaction that changes the flags. Snoozed and
 * muted ones do not count.
 */
export async function countOpenFlags(
  db: Db,
  terminals: readonly number[],
  now: Date = new Date(),
): Promise<void> {
  const ids = [...new Set(terminals)]
  const flagsOf = new Map((await openFlagsOf(db, { ids, now })).map(({ id, flags }) => [id, flags]))
  await writeOpenFlags(
    db,
    ids.map((id) => ({ id, flags: flagsOf.get(id) ?? 0 })),
  )
}
