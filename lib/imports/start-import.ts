import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { completeProfile } from "@/lib/imports/complete-profile"
import { headOf, runOrThrow, subjectOf, summaryOf } from "@/lib/imports/get-import"
import { missingTargets } from "@/lib/imports/preview-import"
import type { Profile } from "@/lib/imports/profile"
import type { ImportRun } from "@/lib/imports/schemas"
import { queueRun } from "@/lib/imports/sql"
import type { ImportState } from "@/lib/imports/words"
import { addJob } from "@/lib/jobs/queue"

type Start = { actor: Actor; importId: string; profile: Profile }

/** States from which a command begins a file, or goes on with it. */
const startable: readonly ImportState[] = ["uploaded", "queued", "running", "failed", "cancelled"]

/** Makes a run ready for whoever works it off. */
export async function queueImport({ actor, importId, profile, states = startable }: Start & { states?: readonly ImportState[] }): Promise<void> {
  requirePermission(actor, "imports:write")
  await inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const mapping = completeProfile(profile, await headOf(db, run))
    const missing = missingTargets(mapping)
    if (missing.length > 0) throw new AppError("invalid", `No column says ${missing.join(" and ")}: choose one.`, { missing })
    const queued = await queueRun(db, { importId, mapping, from: run.rows_done === 0 || run.profile === profile.name ? states : [] })
    if (queued.length === 0) throw new AppError("conflict", "The import has begun already, or is done.")
    await recordDeeds(db, actor, [{ action: "import.started", subject: subjectOf(run), after: { profile: mapping.name, kind: mapping.kind, rows: run.total_rows } }])
  })
}

/** Hands an uploaded file to the workers, once. */
export async function startImport({ actor, importId, profile }: Start): Promise<ImportRun> {
  await queueImport({ actor, importId, profile, states: ["uploaded"] })
  return enqueue(actor, importId)
}

/** Goes on with a run that was cancelled or failed, after its last slice. */
export async function resumeImport({ actor, importId }: { actor: Actor; importId: string }): Promise<ImportRun> {
  requirePermission(actor, "imports:write")
  await inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const { state, mapping, has_chunks } = run
    if (!mapping || (state !== "cancelled" && state !== "failed")) throw new AppError("conflict", "Only an import that was stopped can go on.")
    if (!has_chunks) throw new AppError("not_found", "The rows of the file are not kept any more: upload it again.")
    await queueRun(db, { importId, mapping, from: ["cancelled", "failed"] })
    await recordDeeds(db, actor, [{ action: "import.resumed", subject: subjectOf(run), before: { rowsDone: run.rows_done } }])
  })
  return enqueue(actor, importId)
}

async function enqueue(actor: Actor, importId: string): Promise<ImportRun> {
  await addJob("import", { importId, orgId: actor.orgId }, { key: `import:${importId}` })
  return summaryOf(await inOrganisation(actor, (db) => runOrThrow(db, importId)))
}
