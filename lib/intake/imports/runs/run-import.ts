import { systemActor, type Actor } from "@/lib/access/actor/actor"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"
import { unpackChunk } from "@/lib/intake/imports/files/chunks"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { Row } from "@/lib/intake/imports/mapping/row"
import { LeftOut } from "@/lib/intake/imports/runs/left-out"
import { insertRejects } from "@/lib/intake/imports/runs/result-sql"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"
import {
  chunkFrom,
  claimRun,
  countAnew,
  finishRun,
  giveRunBack,
  noteProgress,
  type Counts,
  type WholeRun,
} from "@/lib/intake/imports/runs/sql"
import { storeSlice, type StoredSlice } from "@/lib/intake/imports/runs/store-slice"
import { terminalTaker, type Taker } from "@/lib/intake/imports/runs/take-terminal-rows"

type Options = {
  orgId: string
  importId: string
  /** The person or command that runs it. The worker runs it as the system. */
  actor?: Actor
  /** The worker wants to stop: the run is released after its slice. */
  signal?: AbortSignal | undefined
  /** There is no further attempt: the failure is shown. */
  isLastAttempt?: boolean
  onProgress?: ((counts: Counts) => void) | undefined
  onRejected?: ((rows: RejectedRow[]) => void) | undefined
}

/**
 * Runs an import slice by slice, from after the last recorded slice. A slice that was stored but not recorded
 * is stored again, which adds nothing: records have identities, and terminals are stored and recorded in one
 * transaction. Null if there is nothing to do: the run was cancelled, is done, or another worker has it.
 */
export async function runImport({
  orgId,
  importId,
  actor = systemActor(orgId),
  signal,
  isLastAttempt = false,
  onProgress,
  onRejected,
}: Options): Promise<Counts | null> {
  const [run] = await inOrganisation(wholeOrganisation(orgId), (db) => claimRun(db, importId))
  if (!run?.mapping || !run.detected) return null
  try {
    const counts = await workOff(run, run.mapping, { orgId, importId, actor, signal, onProgress, onRejected })
    if (counts) await inOrganisation(wholeOrganisation(orgId), (db) => finishRun(db, importId))
    return counts
  } catch (error) {
    const isFinal = isLastAttempt && !(error instanceof Interrupted)
    await inOrganisation(wholeOrganisation(orgId), (db) =>
      giveRunBack(db, { importId, error: errorText(error, { importId, isFinal }), isFinal }),
    )
    throw error
  }
}

class Interrupted extends Error {}

// A database error may quote the row that failed. The run shows a sentence that helps the user; the log has
// the rest.
function errorText(error: unknown, { importId, isFinal }: { importId: string; isFinal: boolean }): string {
  if (error instanceof AppError) return error.message
  log.warn({ importId, error: describe(error) }, "an import stopped")
  if (error instanceof Interrupted) return "The worker was stopped; the next one goes on."
  return `Something went wrong on our side; ${isFinal ? "go on with it later" : "it is tried again"}.`
}

async function workOff(
  run: WholeRun,
  profile: Profile,
  { orgId, importId, actor, signal, onProgress, onRejected }: Options & { actor: Actor },
): Promise<Counts | null> {
  const headers = run.detected?.headers ?? []
  let counts: Counts = {
    rowsDone: run.rows_done,
    accepted: run.accepted,
    duplicates: run.duplicates,
    rejected: run.rejected,
  }
  if (profile.codes)
    await uploadCodePack({ actor, codeSystem: profile.codeSystem ?? profile.name, codes: profile.codes })
  const leftOut = new LeftOut(run.left_out)
  const records: Taker = async (rows, note) => {
    const stored = await storeSlice(actor, profile, { rows, leftOut })
    return inOrganisation(wholeOrganisation(orgId), (db) => note(db, stored))
  }
  const terminals: Taker = terminalTaker({ orgId, importId, profile, isDry: run.is_dry })
  while (counts.rowsDone < run.total_rows) {
    if (signal?.aborted) throw new Interrupted("the worker stops")
    const before = counts.rowsDone
    const rows = await rowsFrom({ orgId, importId, headers, row: before })
    const note = async (
      db: Db,
      { accepted, duplicates, rejected, minAt, maxAt }: StoredSlice,
    ): Promise<RejectedRow[] | null> => {
      const sum = {
        rowsDone: before + rows.length,
        accepted: counts.accepted + accepted,
        duplicates: counts.duplicates + duplicates,
        rejected: counts.rejected + rejected.length,
      }
      const noted = await noteProgress(db, {
        importId,
        rowsBefore: before,
        leftOut: leftOut.list,
        minAt,
        maxAt,
        ...sum,
      })
      if (noted.length === 0) return null
      if (rejected.length > 0) await insertRejects(db, { orgId, importId, rows: rejected })
      counts = sum
      return rejected
    }
    const rejected = await (profile.kind === "terminals" ? terminals(rows, note) : records(rows, note))
    if (!rejected) return null
    if (rejected.length > 0) onRejected?.(rejected)
    onProgress?.(counts)
    if (profile.kind === "terminals") await renewStatistics(orgId, importId)
  }
  return counts
}

type Slice = { orgId: string; importId: string; headers: string[]; row: number }

/** The rows of the next slice, from this one on. */
async function rowsFrom({ orgId, importId, headers, row }: Slice): Promise<Row[]> {
  const [chunk] = await inOrganisation(wholeOrganisation(orgId), (db) => chunkFrom(db, { importId, row }))
  if (!chunk) throw new AppError("not_found", "The rows of the file were deleted: upload it again.")
  return (await unpackChunk(chunk.bytes, headers, chunk.first_row)).slice(row - chunk.first_row)
}

/** The rows are stored. Without fresh statistics the next slices are slower, nothing else. */
const renewStatistics = (orgId: string, importId: string): Promise<unknown> =>
  inOrganisation(wholeOrganisation(orgId), countAnew).catch((error: unknown) =>
    log.warn({ importId, error: describe(error) }, "the statistics of tables were not updated"),
  )
