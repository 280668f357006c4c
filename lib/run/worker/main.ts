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
import { keepDataQuality } from "@/lib/outlook/data-quality/keep-counts"
import { keepLeagues } from "@/lib/outlook/league/keep-leagues"
import { freezeReports } from "@/lib/outlook/reports/freeze-reports"
import { foldOnce } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { endWithLauncher } from "@/lib/run/health/launched"
import { startProbes } from "@/lib/run/health/probe-server"
import { onStop } from "@/lib/run/health/stopping"
import { runJobs } from "@/lib/run/jobs/run-jobs"
import { runLoop, type Loop } from "@/lib/run/worker/loop"
import { statesLoop } from "@/lib/run/worker/states-loop"
import { surviveDatabase } from "@/lib/run/worker/survive"

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
const detectEveryMs = detectEverySeconds * 1000

const loops: Loop[] = [
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
  statesLoop,
  {
    name: "standings",
    work: async () => {
      const settled = await settleStandings({ now: new Date() })
      return settled.terminals > 0 ? settled : null
    },
    idleMs: 15_000,
  },
  {
    name: "verdicts",
    work: async () => {
      const done = await judgeAll({ now: new Date() })
      return done.judged > 0 ? done : null
    },
    idleMs: 20_000,
  },
  {
    name: "nights",
    work: async () => {
      const settled = await settleAll({ now: new Date() })
      return Object.values(settled).some((count) => count > 0) ? settled : null
    },
    idleMs: minute,
  },
  {
    name: "hours",
    work: () => settleHours({ now: new Date() }),
    everyMs: 55 * minute,
    idleMs: 5 * minute,
  },
  {
    name: "wear",
    work: () => settleWear({ now: new Date() }),
    everyMs: 55 * minute,
    idleMs: 5 * minute,
  },
  {
    name: "weeks",
    work: async () => ({ terminals: await learnWeeks({ now: new Date() }) }),
    everyMs: 23.5 * 60 * minute,
    idleMs: 10 * minute,
  },
  {
    name: "leagues",
    work: async () => {
      const tables = await keepLeagues({ now: new Date(), signal: stopping.signal })
      return tables > 0 ? { tables } : null
    },
    idleMs: 5 * minute,
  },
  {
    name: "quality",
    work: async () => {
      const organisations = await keepDataQuality({ now: new Date() })
      return organisations > 0 ? { organisations } : null
    },
    idleMs: 15 * minute,
  },
  {
    name: "reports",
    work: async () => {
      const frozen = await freezeReports({ now: new Date() })
      return frozen > 0 ? { frozen } : null
    },
    idleMs: minute,
  },
  {
    name: "partitions",
    work: async () => {
      const partitions = await ensurePartitions()
      return partitions > 0 ? { partitions } : null
    },
    idleMs: 60 * minute,
  },
  {
    name: "retention",
    work: async () => {
      const retained = Object.entries((await retain({ signal: stopping.signal })) ?? {}).filter(
        ([, count]) => count > 0,
      )
      return retained.length > 0 ? Object.fromEntries(retained) : null
    },
    idleMs: 60 * minute,
  },
  {
    name: "imports",
    work: async () => {
      const recovered = await recoverImports()
      return recovered > 0 ? { recovered } : null
    },
    idleMs: minute / 2,
  },
  {
    name: "detect",
    work: () => detectAll({ now: new Date() }),
    // Less than the pause, so that a single worker does not miss every other round.
    everyMs: detectEveryMs - 5_000,
    idleMs: detectEveryMs,
  },
]

log.info("the worker is running")
await Promise.all([...loops.map((loop) => runLoop(loop, stopping.signal)), runJobs(stopping.signal)])
await closeDatabase()
log.info("the worker has stopped")
probes?.close()
probes?.closeAllConnections()
