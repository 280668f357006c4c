import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { runOrThrow, summaryOf } from "@/lib/imports/get-import"
import type { ImportRun } from "@/lib/imports/schemas"
import { cancelRun } from "@/lib/imports/sql"

/** Stops a run; what it has taken in stays. Its worker notices at the end of the slice. */
export async function cancelImport({ actor, importId }: { actor: Actor; importId: string }): Promise<ImportRun> {
  requirePermission(actor, "imports:write")
  return inOrganisation(actor, async (db) => {
    const cancelled = await cancelRun(db, importId)
    const run = await runOrThrow(db, importId)
    if (cancelled.length === 0) throw new AppError("conflict", "The import is over already.")
    return summaryOf(run)
  })
}
