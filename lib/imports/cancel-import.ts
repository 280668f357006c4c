import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { runOrThrow, subjectOf, summaryOf } from "@/lib/imports/get-import"
import type { ImportRun } from "@/lib/imports/schemas"
import { cancelRun } from "@/lib/imports/sql"

/** Stops a run; what it has taken in stays. Its worker notices at the end of the slice. */
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
    if (cancelled.length === 0) throw new AppError("conflict", "The import is over already.")
    await recordDeeds(db, actor, [
      { action: "import.cancelled", subject: subjectOf(run), after: { rowsDone: run.rows_done } },
    ])
    return summaryOf(run)
  })
}
