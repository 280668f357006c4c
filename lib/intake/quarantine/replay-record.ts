import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { quarantinedOrThrow } from "@/lib/intake/quarantine/get-quarantined"
import { replayRows } from "@/lib/intake/quarantine/replay-rows"
import type { ReplayedRecord } from "@/lib/intake/quarantine/schemas"
import { claimOne } from "@/lib/intake/quarantine/sql"

/** Replays one record, as stored or as corrected. If it is already resolved, nothing is added. */
export async function replayRecord({
  actor,
  id,
  correction,
}: {
  actor: Actor
  id: number
  correction: string | null
}): Promise<ReplayedRecord> {
  requirePermission(actor, "quarantine:write")
  const before = await inOrganisation(actor, (db) => quarantinedOrThrow(db, id))
  if (before.resolvedAt !== null) return { outcome: "resolved", record: before }
  if (correction === null && !before.isWhole) {
    throw new AppError("invalid", 'This is not a complete record: send it corrected, as {"record": {...}}.', {
      field: "record",
    })
  }
  const [row] = await inOrganisation(actor, (db) => claimOne(db, id))
  if (!row) {
    const now = await inOrganisation(actor, (db) => quarantinedOrThrow(db, id))
    if (now.resolvedAt !== null) return { outcome: "resolved", record: now }
    throw new AppError("conflict", "Another request is replaying this record now: try again in a moment.")
  }
  const { accepted, duplicates } = await replayRows(actor, [
    correction === null ? row : { ...row, sent: correction },
  ])
  const record = await inOrganisation(actor, (db) => quarantinedOrThrow(db, id))
  return { outcome: accepted > 0 ? "accepted" : duplicates > 0 ? "duplicate" : "rejected", record }
}
