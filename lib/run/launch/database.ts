import { spawn, type ChildProcess } from "node:child_process"
import { setTimeout as pause } from "node:timers/promises"
import { startEmbedded, type EmbeddedPostgres } from "@/lib/base/db/embedded"

type Options = {
  start: Parameters<typeof startEmbedded>[0]
  say: (text: string) => void
  /** PostgreSQL ended once too often. */
  onGivenUp: () => void
  /** The pauses before PostgreSQL is started again after it ended unexpectedly. */
  pausesMs?: readonly number[]
}

const usualPausesMs = [1_000, 5_000, 15_000]
/** Web server and worker notice the end of the launcher too, and have this long before PostgreSQL stops. */
const guardWaitsMs = 2_000

/** The launcher's PostgreSQL: it is started again if it ends, and does not outlive the launcher. */
export class LaunchedDatabase {
  readonly #options: Options
  readonly #pausesMs: readonly number[]
  readonly #stopping = new AbortController()
  #guard: ChildProcess | undefined
  #server: EmbeddedPostgres | undefined
  /** The first start, or a start after an unexpected end. */
  #starting: Promise<void> = Promise.resolve()
  #restarts = 0

  constructor(options: Options) {
    this.#options = options
    this.#pausesMs = options.pausesMs ?? usualPausesMs
  }

  start(): Promise<void> {
    this.#starting = this.#startOnce()
    return this.#starting
  }

  /** The address of a database, as the owner. It stays the same when PostgreSQL is started again. */
  urlOf(name: string): string {
    if (!this.#server) throw new Error("PostgreSQL was never started")
    return this.#server.urlOf(name)
  }

  /** Resolves when PostgreSQL has shut down, also while it is being started. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#starting.catch(() => undefined)
    await this.#server?.stop()
    this.#guard?.kill("SIGKILL")
  }

  async #startOnce(): Promise<void> {
    const port = this.#server && Number(new URL(this.#server.urlOf("postgres")).port)
    this.#server = await startEmbedded({
      ...this.#options.start,
      ...(port === undefined ? {} : { port }),
      signal: this.#stopping.signal,
      onSpawn: (pid) => this.#setGuard(guardOf(pid)),
      onExit: () => {
        if (!this.#stopping.signal.aborted) this.#starting = this.#startAgain()
      },
    })
  }

  async #startAgain(): Promise<void> {
    const { say, onGivenUp } = this.#options
    const pauseMs = this.#pausesMs[this.#restarts]
    if (pauseMs === undefined) {
      say(`• PostgreSQL ended ${this.#restarts + 1} times. Tillwatch stops`)
      return onGivenUp()
    }
    this.#restarts += 1
    const count = `${this.#restarts} of ${this.#pausesMs.length}`
    say(`• PostgreSQL ended unexpectedly and starts again in ${pauseMs / 1000} s (${count})`)
    const { signal } = this.#stopping
    await pause(pauseMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    try {
      await this.#startOnce()
      say("• PostgreSQL runs again")
    } catch (error) {
      if (signal.aborted) return
      say(error instanceof Error ? error.message : String(error))
      await this.#startAgain()
    }
  }

  #setGuard(guard: ChildProcess): void {
    this.#guard?.kill("SIGKILL")
    this.#guard = guard
  }
}

/** A process that stops PostgreSQL once the launcher is gone. PostgreSQL itself would go on. */
function guardOf(pid: number): ChildProcess {
  const stop = `setTimeout(() => { try { process.kill(${pid}, "SIGINT") } catch {} }, ${guardWaitsMs})`
  const script = `process.stdin.on("close", () => ${stop}).resume()`
  return spawn(process.execPath, ["-e", script], { stdio: ["pipe", "ignore", "ignore"], detached: true })
}
