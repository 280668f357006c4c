import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { remoteOf } from "@/lib/insight/remote/list-remote"
import type { RemoteAction } from "@/lib/insight/remote/schemas"
import { remoteById, takeAction } from "@/lib/insight/remote/sql"

type Input = { actor: Actor; params: { id: number }; now?: Date }

/** Says that an action is on its way to the terminal, so that nobody else takes it. */
export async function takeRemote({ actor, params: { id }, now = new Date() }: Input): Promise<RemoteAction> {
  requirePermission(actor, "flags:write")
  return inOrganisation(actor, async (db) => {
    const [taken] = await takeAction(db, id, { by: actor.name, at: now })
    const [row] = await remoteById(db, id)
    if (!row) throw new AppError("not_found", "There is no such action.")
    if (!taken) throw new AppError("conflict", "This action has been taken or has ended.")
    await noteTerminals(db, [row.terminal_id])
    await recordAudit(db, actor, [
      {
        action: "remoteAction.taken",
        subject: { kind: "remoteAction", id, name: row.serial },
        after: { action: row.action },
      },
    ])
    return remoteOf(row)
  })
}
