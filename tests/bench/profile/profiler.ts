import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Figures } from "@/tests/bench/figures"
import {
  countStatements,
  forgetStatements,
  longestStatements,
  statementSettings,
  type Statement,
} from "@/tests/bench/profile/statements"
import { webPhases } from "@/tests/bench/profile/web-phases"
import type { Stack } from "@/tests/support/stack"

const mostStatements = 20

type Stretch = { name: string; from: number; to: number; records: number; statements: Statement[] }

/** The time that V8's profile and `process.hrtime` have in common, in microseconds. */
const monotonic = (): number => Number(process.hrtime.bigint() / 1000n)

/** Says where the time of ingest goes: in the web process by phase, and in PostgreSQL by statement. */
export class Profiler {
  readonly #folder = mkdtempSync(join(tmpdir(), "tillwatch-profile-"))
  readonly settings = statementSettings
  readonly webOptions = ["--cpu-prof", `--cpu-prof-dir=${this.#folder}`]
  readonly #stretches: Stretch[] = []

  start = countStatements

  /** Runs and remembers its time. Resolves with what `run` resolves with. */
  async stretch<T extends { records: number }>(name: string, run: () => Promise<T>): Promise<T> {
    await forgetStatements()
    const from = monotonic()
    const result = await run()
    const to = monotonic()
    const statements = await longestStatements(mostStatements)
    this.#stretches.push({ name, from, to, records: result.records, statements })
    return result
  }

  /** Ends the web process, which then writes its profile, and adds microseconds per record to the figures. */
  async report({ web }: Stack, figures: Figures): Promise<void> {
    await web.end()
    for (const { name, from, to, records, statements } of this.#stretches) {
      const phases = [...webPhases(this.#folder, from, to)].toSorted(([, a], [, b]) => b - a)
      for (const [phase, microseconds] of phases)
        figures[`${name}: µs/record in web: ${phase}`] = microseconds / records
      for (const { role, statement, calls, milliseconds } of statements) {
        const what = `${role.replace("tillwatch_", "")}: ${statement.trim().slice(0, 60)} (${calls})`
        figures[`${name}: µs/record in ${what}`] = (milliseconds * 1000) / records
      }
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
