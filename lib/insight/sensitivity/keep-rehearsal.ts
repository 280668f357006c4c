import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import {
  deleteRehearsed,
  insertRehearsed,
  noteRehearsal,
  type RehearsedFlag,
} from "@/lib/insight/sensitivity/sql"

type Kept = { orgId: string; day: Day; flags: readonly RehearsedFlag[] }

/** Keeps what each discovery rate would have opened in a night. */
export async function keepRehearsal(db: Db, { flags, ...night }: Kept): Promise<void> {
  await noteRehearsal(db, night)
  if (flags.length > 0) await insertRehearsed(db, { ...night, flags })
  await deleteRehearsed(db, night)
}
