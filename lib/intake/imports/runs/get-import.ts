import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { unpackChunk } from "@/lib/intake/imports/files/chunks"
import type { Head } from "@/lib/intake/imports/mapping/complete-profile"
import { suggestedProfile } from "@/lib/intake/imports/mapping/list-profiles"
import { guessKind } from "@/lib/intake/imports/mapping/recognise"
import type { Row } from "@/lib/intake/imports/mapping/row"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"
import type { ImportDetail, ImportRun } from "@/lib/intake/imports/runs/schemas"
import { chunkFrom, runById, type RunRow, type WholeRun } from "@/lib/intake/imports/runs/sql"

/** A file with what was detected in it, and the profile that is or would be used. */
export async function getImport({
  actor,
  importId,
}: {
  actor: Actor
  importId: string
}): Promise<ImportDetail> {
  requirePermission(actor, "imports:write")
  return inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const { detected } = run
    const mapping =
      run.mapping ??
      (detected &&
        (await suggestedProfile({
          fileName: run.file_name,
          kind: knownKind(run.kind) ?? guessKind(detected.headers),
          timeZone: await organisationZone(db),
        })))
    return {
      ...summaryOf(run),
      detected,
      mapping,
      hasRows: run.has_chunks,
      source: run.source?.form ?? null,
    }
  })
}

const knownKind = (kind: string | null) => recordFileKinds.find((known) => known === kind)

export async function runOrThrow(db: Db, importId: string): Promise<WholeRun> {
  const [run] = await runById(db, importId)
  if (!run || run.state === "uploading") throw new AppError("not_found", "There is no such import.")
  return run
}

/** The first rows of a file. */
export async function firstRows(db: Db, { id, detected }: WholeRun): Promise<Row[]> {
  const [chunk] = await chunkFrom(db, { importId: id, row: 0 })
  if (!chunk) throw new AppError("not_found", "The rows of the file were deleted: upload it again.")
  return unpackChunk(chunk.bytes, detected?.headers ?? [], 0)
}

const rowsLookedAt = 200

export async function headOf(db: Db, run: WholeRun): Promise<Head> {
  const rows = await firstRows(db, run)
  return {
    headers: run.detected?.headers ?? [],
    rows: rows.slice(0, rowsLookedAt).map(({ cells }) => cells),
    facts: run.facts,
    format: run.detected?.format ?? "csv",
  }
}

export const summaryOf = (row: RunRow): ImportRun => ({
  id: row.id,
  fileName: row.file_name,
  state: row.state,
  kind: row.kind,
  profile: row.profile,
  totalRows: row.total_rows,
  rowsDone: row.rows_done,
  accepted: row.accepted,
  duplicates: row.duplicates,
  rejected: row.rejected,
  leftOut: row.left_out,
  isDry: row.is_dry,
  checkedAt: row.checked_at?.toISOString() ?? null,
  error: row.error,
  uploadedAt: row.uploaded_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
})

/** The name of an import in the audit trail. */
export const subjectOf = ({ id, file_name: fileName }: RunRow) => ({ kind: "import", id, name: fileName })
