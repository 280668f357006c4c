import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { runOrThrow, subjectOf, summaryOf } from "@/lib/intake/imports/runs/get-import"
import type { ImportRun } from "@/lib/intake/imports/runs/schemas"
import { deleteSource } from "@/lib/intake/imports/runs/source-sql"
import { cancelRun } from "@/lib/intake/imports/runs/sql"

/** Stops a run. Stored records stay. Its worker notices after the current slice. */
export async function cancelImport({
  actor,
  importId,
}: {
  actor: Actor
  importId: string
}): Promise<ImportRun> {
  requirePermission(actor, "imports:write")
  return inOrganisation(actor, async (db) => {
    const cancelled = await cancelRun(db, importId)
    const run = await runOrThrow(db, importId)
    if (run.state === "cancelled") await deleteSource(db, importId)
    if (cancelled.length === 0) throw new AppError("conflict", "The import has already ended.")
    await recordAudit(db, actor, [
      { action: "import.cancelled", subject: subjectOf(run), after: { rowsDone: run.rows_done } },
    ])
    return summaryOf(run)
  })
}
