import { deleteInParts } from "@/lib/base/db/delete-in-parts"
import { asWorker } from "@/lib/base/db/transaction"
import { addJob } from "@/lib/base/jobs/add-job"
import { clearCardRefs } from "@/lib/intake/imports/cards/clear-card-refs"
import {
  deleteOldChunks,
  deleteOldFacts,
  deleteOldRejects,
  deleteOldResults,
  deleteOldSources,
  deleteStaleUploads,
  expireRuns,
  lostRuns,
} from "@/lib/intake/imports/runs/keep-sql"

const batchSize = 200

/** Gives runs whose worker died to another worker. */
export async function recoverImports(): Promise<number> {
  return asWorker(async (db) => {
    const lost = await lostRuns(db)
    for (const { id, org_id } of lost)
      await addJob(db, "import", { importId: id, orgId: org_id }, { key: `import:${id}` })
    return lost.length
  })
}

/** Lets another worker take these runs at once, because their worker died. */
export const expireLeases = (importIds: readonly string[]): Promise<unknown> =>
  asWorker((db) => expireRuns(db, importIds))

/**
 * Deletes the rows and masked copies of files after seven days, rejected rows and results after ninety, and
 * card references after fourteen, in small batches.
 */
export async function deleteOldImports({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  let forgotten = 0
  for (const remove of [
    deleteStaleUploads,
    deleteOldChunks,
    deleteOldSources,
    deleteOldFacts,
    deleteOldRejects,
    deleteOldResults,
  ])
    forgotten += await deleteInParts({ limit: batchSize, remove })
  return forgotten + (await clearCardRefs(now))
}
