import { setMaxListeners } from "node:events"
import { closeDatabase } from "@/lib/base/db/client"
import { checkEnv, env } from "@/lib/base/env"
import { captureConsole } from "@/lib/base/log/capture-console"
import { log } from "@/lib/base/log/log"
import { endWithLauncher } from "@/lib/run/health/launched"
import { startProbes } from "@/lib/run/health/probe-server"
import { onStop } from "@/lib/run/health/stopping"
import { runJobs } from "@/lib/run/jobs/run-jobs"
import { runLoop } from "@/lib/run/worker/loop"
import { rounds, upkeep } from "@/lib/run/worker/rounds"
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

log.info("the worker is running")
const loops = [...rounds, ...upkeep]
await Promise.all([...loops.map((loop) => runLoop(loop, stopping.signal)), runJobs(stopping.signal)])
await closeDatabase()
log.info("the worker has stopped")
probes?.close()
probes?.closeAllConnections()
