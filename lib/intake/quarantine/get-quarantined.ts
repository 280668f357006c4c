import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { keptObject } from "@/lib/intake/ingest/kept"
import { quarantinedOf } from "@/lib/intake/quarantine/list-quarantine"
import type { QuarantinedRecord } from "@/lib/intake/quarantine/schemas"
import { quarantineRecord } from "@/lib/intake/quarantine/sql"

/** One rejected record with its masked text. */
export async function getQuarantined({
  actor,
  id,
}: {
  actor: Actor
  id: number
}): Promise<QuarantinedRecord> {
  requirePermission(actor, "quarantine:read")
  return inOrganisation(actor, (db) => quarantinedOrThrow(db, id))
}

export async function quarantinedOrThrow(db: Db, id: number): Promise<QuarantinedRecord> {
  const [row] = await quarantineRecord(db, id)
  if (!row)
    throw new AppError(
      "not_found",
      "There is no such record in quarantine. Records are deleted after 90 days.",
    )
  const { record, correction } = row
  return { ...quarantinedOf(row), record, correction, isWhole: keptObject(correction ?? record) !== null }
}
