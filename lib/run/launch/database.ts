import { spawn, type ChildProcess } from "node:child_process"
import { setTimeout as pause } from "node:timers/promises"
import { startEmbedded, type EmbeddedPostgres } from "@/lib/base/db/embedded"

type Options = {
  start: Parameters<typeof startEmbedded>[0]
  say: (text: string) => void
  /** PostgreSQL ended once too often. */
  onGivenUp: () => void
}

/** The pauses before PostgreSQL is started again after it ended unexpectedly. */
const pausesMs = [1_000, 5_000, 15_000]
/** Web server and worker notice the end of the launcher too, and have this long before PostgreSQL stops. */
const guardWaitsMs = 2_000

/** The launcher's PostgreSQL: it is started again if it ends, and does not outlive the launcher. */
export async function startDatabase({ start, say, onGivenUp }: Options): Promise<EmbeddedPostgres> {
  let isStopping = false
  let restarts = 0
  const startOnce = async (port?: number): Promise<EmbeddedPostgres> => {
    const started = await startEmbedded({
      ...start,
      ...(port === undefined ? {} : { port }),
      onExit: () => void (isStopping || startAgain()),
    })
    guard = started.pid === undefined ? undefined : guardOf(started.pid)
    return started
  }
  const startAgain = async (): Promise<void> => {
    guard?.kill("SIGKILL")
    const pauseMs = pausesMs[restarts]
    if (pauseMs === undefined) {
      say(`• PostgreSQL ended ${restarts + 1} times. Tillwatch stops`)
      return onGivenUp()
    }
    restarts += 1
    const time = `${restarts} of ${pausesMs.length}`
    say(`• PostgreSQL ended unexpectedly and starts again in ${pauseMs / 1000} s (${time})`)
    await pause(pauseMs)
    if (isStopping) return
    try {
      database = await startOnce(port)
      say("• PostgreSQL runs again")
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
      await startAgain()
    }
  }
  let guard: ChildProcess | undefined
  let database = await startOnce()
  const port = Number(new URL(database.urlOf("postgres")).port)
  return {
    urlOf: (name) => database.urlOf(name),
    get pid() {
      return database.pid
    },
    stop: async () => {
      isStopping = true
      guard?.kill("SIGKILL")
      await database.stop()
    },
  }
}

/** A process that stops PostgreSQL once the launcher is gone. PostgreSQL itself would go on. */
function guardOf(pid: number): ChildProcess {
  const stop = `setTimeout(() => { try { process.kill(${pid}, "SIGINT") } catch {} }, ${guardWaitsMs})`
  const script = `process.stdin.on("close", () => ${stop}).resume()`
  return spawn(process.execPath, ["-e", script], { stdio: ["pipe", "ignore", "ignore"], detached: true })
}
