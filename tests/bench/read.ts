import { leagueGroupings } from "@/lib/outlook/league/words"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"
import { inBenchDatabase } from "@/tests/bench/bench-database"
import { quantile, residentMb } from "@/tests/bench/measure"

type Options = { terminals: number; days: number; say: (text: string) => void }

const rounds = 5

/**
 * Measures the screens that read the rollups of the whole fleet. Each is timed in turns with a fixed scan, so
 * that the ratio shows a slower screen, but not a busier machine.
 */
export async function benchRead({ terminals, days, say }: Options): Promise<Record<string, string | number>> {
  return inBenchDatabase(async () => {
    const { givenRolledUpFleet } = await import("@/tests/bench/fleet")
    say(`rollups of ${terminals} terminals over ${days} days`)
    const { actor } = await givenRolledUpFleet({ terminals, days })
    const { givenYardstick } = await import("@/tests/bench/yardstick")
    const scan = await givenYardstick()
    const { failureRates } = await import("@/lib/insight/rates/failure-rates")
    const { failureSeries } = await import("@/lib/insight/rates/failure-series")
    const { overview } = await import("@/lib/outlook/overview/overview")
    const { leagueTable } = await import("@/lib/outlook/league/league-table")
    const { weeklyReport } = await import("@/lib/outlook/reports/weekly-report")
    const week = shiftWeek(weekOf(new Date(), "Asia/Shanghai"), -1).name
    const screens: [string, () => Promise<unknown>][] = [
      ...(["cause", "store", "acquirer", "model"] as const).map(
        (groupBy): [string, () => Promise<unknown>] => [
          `rates by ${groupBy}, 7 days`,
          () => failureRates({ actor, query: { groupBy, range: "7d" } }),
        ],
      ),
      ["series of 7 days", () => failureSeries({ actor, query: { bucket: "day", range: "7d" } })],
      ["overview of 30 days", () => overview({ actor, query: { range: "30d" } })],
      ["weekly report", () => weeklyReport({ actor, week })],
      ...leagueGroupings.map((by): [string, () => Promise<unknown>] => [
        `league by ${by}, 28 days`,
        () => leagueTable({ actor, query: { by } }),
      ]),
    ]
    const figures: Record<string, string | number> = {}
    for (const [name, read] of screens) {
      say(name)
      const { middle, fixed } = await timeInTurns(read, scan)
      figures[`${name}: ms, median of ${rounds}`] = middle
      figures[`${name}: ms of a scan of a million rows`] = fixed
      figures[`${name}: ratio to the scan`] = middle / fixed
      figures[`${name}: peak resident MB so far`] = residentMb(process.pid).most
    }
    return figures
  })
}

async function timeInTurns(read: () => Promise<unknown>, scan: () => Promise<unknown>) {
  await read()
  await scan()
  const [reads, scans]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    scans.push(await millisecondsOf(scan))
    reads.push(await millisecondsOf(read))
  }
  return { middle: quantile(reads, 0.5), fixed: quantile(scans, 0.5) }
}

async function millisecondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}
