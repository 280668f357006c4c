import { execFileSync } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmbedded } from "@/lib/base/db/embedded"
import { leagueGroupings } from "@/lib/outlook/league/words"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"
import { quantile, residentMb } from "@/tests/bench/measure"

type Options = { terminals: number; days: number; say: (text: string) => void }

const rounds = 5

/** The screens that read the whole fleet's rollups, against the overview of the same organisation in the same run. */
export async function benchRead({ terminals, days, say }: Options): Promise<Record<string, string | number>> {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-bench-"))
  chmodSync(folder, 0o711)
  const server = await startEmbedded({
    folder: join(folder, "postgres"),
    password: "bench",
    settings: { shared_buffers: "512MB", max_wal_size: "4GB" },
  })
  const { closeDatabase } = await import("@/lib/base/db/client")
  try {
    process.env["DATABASE_URL"] = server.urlOf("postgres")
    execFileSync(process.execPath, ["--import", "tsx", "lib/run/commands/migrate.ts"], {
      env: { ...process.env, LOG_LEVEL: "warn" },
      stdio: ["ignore", "inherit", "inherit"],
    })
    const { givenRolledUpFleet } = await import("@/tests/bench/fleet")
    say(`rollups of ${terminals} terminals over ${days} days`)
    const { actor } = await givenRolledUpFleet({ terminals, days })
    const { overview } = await import("@/lib/outlook/overview/overview")
    const { leagueTable } = await import("@/lib/outlook/league/league-table")
    const { weeklyReport } = await import("@/lib/outlook/reports/weekly-report")
    const week = shiftWeek(weekOf(new Date(), "Asia/Shanghai"), -1).name
    const screens: [string, () => Promise<unknown>][] = [
      ["overview of 30 days", () => overview({ actor, query: { range: "30d" } })],
      ["weekly report", () => weeklyReport({ actor, week })],
      ...leagueGroupings.map((by): [string, () => Promise<unknown>] => [
        `league by ${by}, 28 days`,
        () => leagueTable({ actor, query: { by } }),
      ]),
    ]
    const figures: Record<string, string | number> = {}
    let first: number | undefined
    for (const [name, read] of screens) {
      say(name)
      await read()
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const startedAt = performance.now()
        await read()
        times.push(performance.now() - startedAt)
      }
      const middle = quantile(times, 0.5)
      first ??= middle
      figures[`${name}: ms, the middle of ${rounds}`] = middle
      figures[`${name}: ratio to the overview`] = middle / first
      figures[`${name}: resident MB, most so far`] = residentMb(process.pid).most
    }
    return figures
  } finally {
    await closeDatabase()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
