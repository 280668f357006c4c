import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addJob } from "@/lib/base/jobs/add-job"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { firstRows, headOf, runOrThrow, subjectOf, summaryOf } from "@/lib/intake/imports/runs/get-import"
import { refuseOpen, questionsOf } from "@/lib/intake/imports/runs/questions"
import type { ImportRun } from "@/lib/intake/imports/runs/schemas"
import { deleteSource } from "@/lib/intake/imports/runs/source-sql"
import { deleteResults, lockUploaded, queueRun } from "@/lib/intake/imports/runs/sql"
import type { ImportState } from "@/lib/intake/imports/words"

type Start = { actor: Actor; importId: string; profile: Profile }

/** The states from which a command starts or resumes a file. */
const startable: readonly ImportState[] = ["uploaded", "queued", "running", "failed", "cancelled"]

/**
 * Prepares a run for the calling process, without a job. A dry run writes only results. Returns the complete
 * profile.
 */
export const queueImport = (start: Start & { isDry?: boolean }): Promise<Profile> =>
  inOrganisation(start.actor, (db) => prepareRun(db, start))

async function prepareRun(
  db: Db,
  {
    actor,
    importId,
    profile,
    isDry = false,
    states = startable,
  }: Start & { isDry?: boolean; states?: readonly ImportState[] },
): Promise<Profile> {
  requirePermission(actor, "imports:write")
  if (profile.kind === "terminals") requirePermission(actor, "inventory:write")
  // The file may be read again at the same time: its rows and headers do not change from here on.
  await lockUploaded(db, importId)
  const run = await runOrThrow(db, importId)
  const head = await headOf(db, run)
  const mapping = completeProfile(profile, head)
  refuseOpen(await questionsOf(db, mapping, { head, rows: await firstRows(db, run) }))
  const isNew = run.state === "uploaded" || run.rows_done === 0
  const queued = await queueRun(db, {
    importId,
    mapping,
    isDry,
    from: isNew || run.profile === profile.name ? states : [],
  })
  if (queued.length === 0) throw new AppError("conflict", "The import has already started or ended.")
  if (run.state === "uploaded" || run.is_dry !== isDry) await deleteResults(db, importId)
  if (!isDry) await deleteSource(db, importId)
  if (!isDry)
    await recordAudit(db, actor, [
      {
        action: "import.started",
        subject: subjectOf(run),
        after: { profile: mapping.name, kind: mapping.kind, rows: run.total_rows },
      },
    ])
  return mapping
}

/** Queues an uploaded file for the workers, once. */
export const startImport = (start: Start): Promise<ImportRun> => begin(start, false)

/** Queues a dry run, which shows what each row would do and changes nothing. */
export async function dryRunImport(start: Start): Promise<ImportRun> {
  if (start.profile.kind !== "terminals")
    throw new AppError("invalid", "Only files of terminals have a dry run. For other files, use the preview.")
  return begin(start, true)
}

const begin = (start: Start, isDry: boolean): Promise<ImportRun> =>
  inOrganisation(start.actor, async (db) => {
    await prepareRun(db, { ...start, isDry, states: ["uploaded"] })
    return handToWorkers(db, start)
  })

/** Resumes a cancelled or failed run after its last slice. */
export async function resumeImport({
  actor,
  importId,
}: {
  actor: Actor
  importId: string
}): Promise<ImportRun> {
  requirePermission(actor, "imports:write")
  return inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const { state, mapping, has_chunks } = run
    if (mapping?.kind === "terminals") requirePermission(actor, "inventory:write")
    if (!mapping || (state !== "cancelled" && state !== "failed"))
      throw new AppError("conflict", "Only a stopped import can be resumed.")
    if (!has_chunks) throw new AppError("not_found", "The rows of the file were deleted: upload it again.")
    await queueRun(db, { importId, mapping, from: ["cancelled", "failed"], isDry: run.is_dry })
    if (!run.is_dry)
      await recordAudit(db, actor, [
        { action: "import.resumed", subject: subjectOf(run), before: { rowsDone: run.rows_done } },
      ])
    return handToWorkers(db, { actor, importId })
  })
}

async function handToWorkers(
  db: Db,
  { actor, importId }: Pick<Start, "actor" | "importId">,
): Promise<ImportRun> {
  await addJob(db, "import", { importId, orgId: actor.orgId }, { key: `import:${importId}` })
  return summaryOf(await runOrThrow(db, importId))
}
