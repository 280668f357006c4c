import { setMaxListeners } from "node:events"
import { closeDatabase } from "@/lib/base/db/client"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { checkEnv, env } from "@/lib/base/env"
import { captureConsole } from "@/lib/base/log/capture-console"
import { log } from "@/lib/base/log/log"
import { detectAll } from "@/lib/insight/flags/detect"
import { detectEverySeconds } from "@/lib/insight/flags/words"
import { settleAll } from "@/lib/insight/nights/settle-all"
import { settleHours } from "@/lib/insight/nights/settle-hours"
import { settleWear } from "@/lib/insight/nights/settle-wear"
import { learnWeeks } from "@/lib/insight/silence/learn-weeks"
import { settleStandings } from "@/lib/insight/standings/settle-standings"
import { judgeAll } from "@/lib/insight/verdicts/judge-failed-sales"
import { recoverImports } from "@/lib/intake/imports/runs/keep-imports"
import { keepLeagues } from "@/lib/outlook/league/keep-leagues"
import { foldOnce } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { endWithLauncher } from "@/lib/run/health/launched"
import { startProbes } from "@/lib/run/health/probe-server"
import { onStop } from "@/lib/run/health/stopping"
import { runJobs } from "@/lib/run/jobs/run-jobs"
import { runLoop } from "@/lib/run/worker/loop"
import { statesLoop } from "@/lib/run/worker/states-loop"
import { surviveDatabase } from "@/lib/run/worker/survive"
import { takeRound } from "@/lib/run/worker/take-round"

checkEnv(env)
captureConsole()
surviveDatabase()
endWithLauncher()
const stopping = new AbortController()
// Each loop waits for it, so more than ten listeners are no leak.
setMaxListeners(0, stopping.signal)
onStop(() => stopping.abort())
const probes = startProbes()

const minute = 60_000
/** How old a batch may get before it is folded. */
const longestFoldLagMs = 4500
const rankEveryMs = 15_000
const judgeEveryMs = 20_000
const detectEveryMs = detectEverySeconds * 1000

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
      // A round has a cost for each terminal, so under load fewer and larger rounds do more work. What
      // arrives at the beginning of a round waits for it, the pause and the next one. However long rounds
      // take, a fifth of the time is left to others.
      busyMs: (tookMs) => Math.max(tookMs / 4, Math.min(3 * tookMs, longestFoldLagMs - 2 * tookMs)),
    },
    stopping.signal,
  ),
  runLoop(statesLoop, stopping.signal),
  runLoop(
    {
      name: "standings",
      work: async () => {
        const settled = await settleStandings({ now: new Date() })
        return settled.terminals > 0 ? settled : null
      },
      idleMs: rankEveryMs,
      busyMs: rankEveryMs,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "verdicts",
      work: async () => {
        const done = await judgeAll({ now: new Date() })
        return done.judged > 0 ? done : null
      },
      idleMs: judgeEveryMs,
      busyMs: judgeEveryMs,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "nights",
      work: async () => {
        const settled = await settleAll({ now: new Date() })
        return Object.values(settled).some((count) => count > 0) ? settled : null
      },
      idleMs: minute,
      busyMs: minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "hours",
      work: async () => ((await takeRound("hours", 55 * minute)) ? settleHours({ now: new Date() }) : null),
      idleMs: 5 * minute,
      busyMs: 5 * minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "wear",
      work: async () => ((await takeRound("wear", 55 * minute)) ? settleWear({ now: new Date() }) : null),
      idleMs: 5 * minute,
      busyMs: 5 * minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "weeks",
      work: async () => {
        if (!(await takeRound("weeks", 23.5 * 60 * minute))) return null
        return { terminals: await learnWeeks({ now: new Date() }) }
      },
      idleMs: 10 * minute,
      busyMs: 10 * minute,
    },
    stopping.signal,
  ),
  runLoop(
    {
      name: "leagues",
      work: async () => {
        const tables = await keepLeagues({ now: new Date(), signal: stopping.signal })
        return tables > 0 ? { tables } : null
      },
      idleMs: 5 * minute,
      busyMs: 5 * minute,
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
      name: "retention",
      work: async () => {
        const retained = Object.entries((await retain({ signal: stopping.signal })) ?? {}).filter(
          ([, count]) => count > 0,
        )
        return retained.length > 0 ? Object.fromEntries(retained) : null
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
  runJobs(stopping.signal),
  runLoop(
    {
      name: "detect",
      // Less than the pause, so that a single worker does not miss every other round.
      work: async () =>
        (await takeRound("detect", detectEveryMs - 5_000)) ? detectAll({ now: new Date() }) : null,
      idleMs: detectEveryMs,
      busyMs: detectEveryMs,
    },
    stopping.signal,
  ),
])
await closeDatabase()
log.info("the worker has stopped")
probes?.close()
probes?.closeAllConnections()
