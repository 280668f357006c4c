import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { currentCardKey } from "@/lib/intake/imports/cards/card-ref"
import { getImport, runOrThrow, subjectOf } from "@/lib/intake/imports/runs/get-import"
import { openSource } from "@/lib/intake/imports/runs/keep-source"
import type { ImportDetail, ReadAgain } from "@/lib/intake/imports/runs/schemas"
import {
  beginUpload,
  deleteChunks,
  deleteRun,
  endUpload,
  deleteResults,
  lockUploaded,
  takeRows,
} from "@/lib/intake/imports/runs/sql"
import { storeRows } from "@/lib/intake/imports/runs/store-rows"

const hasStarted = () => new AppError("conflict", "The import has already started or ended.")

/**
 * Reads an uploaded file again with another encoding, delimiter or header row. The new rows replace the old
 * ones when all of them are stored.
 */
export async function readAgain({
  actor,
  importId,
  reading,
}: {
  actor: Actor
  importId: string
  reading: ReadAgain
}): Promise<ImportDetail> {
  requirePermission(actor, "imports:write")
  const { orgId } = actor
  const { run, cardKey, draft } = await inOrganisation(actor, async (db) => {
    const found = await runOrThrow(db, importId)
    if (found.state !== "uploaded") throw hasStarted()
    if (!found.source)
      throw new AppError("not_found", "The file itself is not kept: upload it again and choose before.")
    const [begun] = await beginUpload(db, { orgId, fileName: found.file_name, kind: found.kind })
    if (!begun) throw new Error("the run was not stored")
    return { run: found, cardKey: await currentCardKey(db, orgId), draft: begun.id }
  })
  try {
    const stored = await storeRows(
      { orgId, importId: draft, cardKey, open: () => openSource({ orgId, importId }), source: run.source },
      reading,
    )
    await inOrganisation(wholeOrganisation(orgId), async (db) => {
      await endUpload(db, { ...stored, importId: draft, detected: stored.found, source: null })
      const [locked] = await lockUploaded(db, importId)
      if (!locked) throw hasStarted()
      await deleteChunks(db, importId)
      await deleteResults(db, importId)
      await takeRows(db, { importId, from: draft })
      await deleteRun(db, draft)
      await recordAudit(db, actor, [
        {
          action: "import.readAgain",
          subject: subjectOf(run),
          before: { rows: run.total_rows },
          after: { ...reading, rows: stored.totalRows },
        },
      ])
    })
  } catch (error) {
    await inOrganisation(wholeOrganisation(orgId), (db) => deleteRun(db, draft))
    throw error
  }
  return getImport({ actor, importId })
}
