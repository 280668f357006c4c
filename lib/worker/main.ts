import { closeDatabase } from "@/lib/db/client"
import { ensurePartitions } from "@/lib/db/partitions"
import { env } from "@/lib/env"
import { detectAll } from "@/lib/flags/detect"
import { foldOnce } from "@/lib/fold/fold-once"
import { forgetOldImports, recoverImports } from "@/lib/imports/keep-imports"
import { runJobs } from "@/lib/jobs/run-jobs"
import { deleteExpiredLimits } from "@/lib/limits/delete-expired-limits"
import { log } from "@/lib/log"
import { deleteOldQuarantine } from "@/lib/quarantine/delete-old-quarantine"
import { runLoop } from "@/lib/worker/loop"

env()
const stopping = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort())

const minute = 60_000
const longestFoldPauseMs = 2500

log.info("the worker is running")
await Promise.all([
  runLoop(
    {
      name: "fold",
      work: async () => {
        const folded = await foldOnce()
        return folded.batches > 0 ? folded : null
      },
      idleMs: 1000,
      // Every round pays for each terminal that it touches: under load, fewer and larger rounds do more. What
      // waits meanwhile is at most this and a round old.
      busyMs: (tookMs) => Math.min(longestFoldPauseMs, 2 * tookMs),
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "partitions",
      work: async () => {
        const partitions = await ensurePartitions()
        return partitions > 0 ? { partitions } : null
      },
      idleMs: 60 * minute,
      busyMs: 60 * minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "quarantine",
      work: async () => {
        const deleted = await deleteOldQuarantine()
        return deleted > 0 ? { deleted } : null
      },
      idleMs: 60 * minute,
      busyMs: 60 * minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "imports",
      work: async () => {
        const recovered = await recoverImports()
        return recovered > 0 ? { recovered } : null
      },
      idleMs: minute / 2,
      busyMs: minute / 2,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "old imports",
      work: async () => {
        const forgotten = await forgetOldImports()
        return forgotten > 0 ? { forgotten } : null
      },
      idleMs: 60 * minute,
      busyMs: 60 * minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "limits",
      work: async () => {
        const expired = await deleteExpiredLimits()
        return expired > 0 ? { expired } : null
      },
      idleMs: 60 * minute,
      busyMs: 60 * minute,
    },
    stopping.signal,
  ),
  runJobs(stopping.signal),
  runLoop({ name: "detect", work: () => detectAll({ now: new Date() }), idleMs: minute / 2, busyMs: minute / 2 }, stopping.signal),
])
await closeDatabase()
log.info("the worker has stopped")
