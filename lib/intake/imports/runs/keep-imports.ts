import { asWorker } from "@/lib/base/db/transaction"
import { clearCardRefs } from "@/lib/intake/imports/runs/clear-card-refs"
import {
  deleteOldChunks,
  deleteOldRejects,
  deleteOldResults,
  deleteStaleUploads,
  lostRuns,
} from "@/lib/intake/imports/runs/sql"
import { addJob } from "@/lib/run/jobs/queue"

const batchSize = 200

/** Hands runs whose worker died to the next one. */
export async function recoverImports(): Promise<number> {
  const lost = await asWorker(lostRuns)
  for (const { id, org_id } of lost)
    await addJob("import", { importId: id, orgId: org_id }, { key: `import:${id}` })
  return lost.length
}

/** Deletes rows of files a week after their import, rejected ones and results after ninety days, and card references after a fortnight, in small batches. */
export async function forgetOldImports({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  let forgotten = 0
  for (const remove of [deleteStaleUploads, deleteOldChunks, deleteOldRejects, deleteOldResults]) {
    for (;;) {
      const { length } = await asWorker<unknown[]>((db) => remove(db, batchSize))
      forgotten += length
      if (length < batchSize) break
    }
  }
  return forgotten + (await clearCardRefs(now))
}
