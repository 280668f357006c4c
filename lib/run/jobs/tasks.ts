import type { TaskList } from "graphile-worker"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { recountAttempts } from "@/lib/base/jobs/add-job"
import { jobPayloads, type JobPayloads } from "@/lib/base/jobs/payloads"
import { log } from "@/lib/base/log/log"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import { recountStore } from "@/lib/rollups/fold/recount-store"
import { moveRecords } from "@/lib/rollups/merge/move-records"
import { mailResetLink, mailLink } from "@/lib/run/mail/mail-link"

/**
 * By then, uploads have ended that found a terminal by its old name just before it was merged: each of their
 * statements takes at most thirty seconds.
 */
const ingestEndsMs = 2 * 60_000

/** The task of each kind of job. */
export const tasks: TaskList = {
  import: async (payload, { job, abortSignal }) => {
    const { orgId, importId } = jobPayloads.import.parse(payload)
    const startedAt = Date.now()
    const counts = await runImport({
      orgId,
      importId,
      signal: abortSignal,
      isLastAttempt: job.attempts >= job.max_attempts,
    })
    if (counts)
      log.info({ job: "import", importId, ...counts, tookMs: Date.now() - startedAt }, "an import has ended")
  },
  mailLink: async (payload) => {
    log.info(
      { job: "mailLink", sent: await mailLink(jobPayloads.mailLink.parse(payload)) },
      "a link was mailed, if it still works",
    )
  },
  mailResetLink: async (payload, { job }) => {
    const { email } = jobPayloads.mailResetLink.parse(payload)
    const sent = await mailResetLink({ email, isRetry: job.attempts > 1 })
    log.info({ job: "mailResetLink", sent }, "a reset link was mailed, if the user has a password")
  },
  moveRecords: async (payload, { abortSignal, addJob }) => {
    const { orgId, from, to, days: noted, isSecond } = jobPayloads.moveRecords.parse(payload)
    const startedAt = Date.now()
    const days = await moveRecords({ orgId, from, to, days: noted, signal: abortSignal })
    if (!isSecond) {
      const again: JobPayloads["moveRecords"] = { orgId, from, to, days: [], isSecond: true }
      await addJob("moveRecords", again, {
        jobKey: `moveRecords again ${from}`,
        maxAttempts: recountAttempts,
        runAt: new Date(Date.now() + ingestEndsMs),
      })
    }
    log.info(
      { job: "moveRecords", from, to, days, tookMs: Date.now() - startedAt },
      "the records of a merged terminal were moved",
    )
  },
  partitions: async () => {
    await ensurePartitions()
  },
  recountStore: async (payload, { abortSignal }) => {
    const { orgId, storeId } = jobPayloads.recountStore.parse(payload)
    const startedAt = Date.now()
    const days = await recountStore({ orgId, storeId, signal: abortSignal })
    log.info(
      { job: "recountStore", storeId, days, tookMs: Date.now() - startedAt },
      "a store's days were recounted",
    )
  },
}
