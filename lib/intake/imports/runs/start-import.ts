import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordDeeds } from "@/lib/access/audit/record-deeds"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { headOf, runOrThrow, subjectOf, summaryOf } from "@/lib/intake/imports/runs/get-import"
import { missingTargets } from "@/lib/intake/imports/runs/preview-import"
import type { ImportRun } from "@/lib/intake/imports/runs/schemas"
import { forgetResults, queueRun } from "@/lib/intake/imports/runs/sql"
import type { ImportState } from "@/lib/intake/imports/words"
import { addJob } from "@/lib/run/jobs/queue"

type Start = { actor: Actor; importId: string; profile: Profile }

/** States from which a command begins a file, or goes on with it. */
const startable: readonly ImportState[] = ["uploaded", "queued", "running", "failed", "cancelled"]

/** Makes a run ready for whoever works it off; a dry run writes down results alone. */
export async function queueImport({
  actor,
  importId,
  profile,
  isDry = false,
  states = startable,
}: Start & { isDry?: boolean; states?: readonly ImportState[] }): Promise<void> {
  requirePermission(actor, "imports:write")
  if (profile.kind === "terminals") requirePermission(actor, "inventory:write")
  await inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const mapping = completeProfile(profile, await headOf(db, run))
    const missing = missingTargets(mapping)
    if (missing.length > 0)
      throw new AppError(
        "invalid",
        `No column says ${missing.join(" and ")}: choose one, or name it so in the file.`,
        { missing },
      )
    const isNew = run.state === "uploaded" || run.rows_done === 0
    const queued = await queueRun(db, {
      importId,
      mapping,
      isDry,
      from: isNew || run.profile === profile.name ? states : [],
    })
    if (queued.length === 0) throw new AppError("conflict", "The import has begun already, or is done.")
    if (run.state === "uploaded" || run.is_dry !== isDry) await forgetResults(db, importId)
    if (!isDry)
      await recordDeeds(db, actor, [
        {
          action: "import.started",
          subject: subjectOf(run),
          after: { profile: mapping.name, kind: mapping.kind, rows: run.total_rows },
        },
      ])
  })
}

/** Hands an uploaded file to the workers, once. */
export const startImport = (start: Start): Promise<ImportRun> => begin(start, false)

/** Hands it to them to say what each row would do, and to do nothing. */
export async function dryRunImport(start: Start): Promise<ImportRun> {
  if (start.profile.kind !== "terminals")
    throw new AppError("invalid", "Only files of terminals have a dry run; records are shown by the preview.")
  return begin(start, true)
}

async function begin({ actor, importId, profile }: Start, isDry: boolean): Promise<ImportRun> {
  await queueImport({ actor, importId, profile, isDry, states: ["uploaded"] })
  return enqueue(actor, importId)
}

/** Goes on with a run that was cancelled or failed, after its last slice. */
export async function resumeImport({
  actor,
  importId,
}: {
  actor: Actor
  importId: string
}): Promise<ImportRun> {
  requirePermission(actor, "imports:write")
  await inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const { state, mapping, has_chunks } = run
    if (mapping?.kind === "terminals") requirePermission(actor, "inventory:write")
    if (!mapping || (state !== "cancelled" && state !== "failed"))
      throw new AppError("conflict", "Only an import that was stopped can go on.")
    if (!has_chunks)
      throw new AppError("not_found", "The rows of the file are not kept any more: upload it again.")
    await queueRun(db, { importId, mapping, from: ["cancelled", "failed"], isDry: run.is_dry })
    if (!run.is_dry)
      await recordDeeds(db, actor, [
        { action: "import.resumed", subject: subjectOf(run), before: { rowsDone: run.rows_done } },
      ])
  })
  return enqueue(actor, importId)
}

async function enqueue(actor: Actor, importId: string): Promise<ImportRun> {
  await addJob("import", { importId, orgId: actor.orgId }, { key: `import:${importId}` })
  return summaryOf(await inOrganisation(actor, (db) => runOrThrow(db, importId)))
}
