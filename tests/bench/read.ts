import { spawn } from "node:child_process"
import { once } from "node:events"
import { titleOf } from "@/tests/bench/read/samples"
import { missedBy, tableOf, type Row } from "@/tests/bench/read/table"
import type { Times } from "@/tests/bench/read/time-calls"

type Options = { sizes: readonly number[]; only: string | undefined; isJson: boolean }

/**
 * Measures every GET route of the API for fleets of these sizes, as an administrator and as a user of 200
 * stores. Prints the plans of the slowest statements of the largest fleet.
 */
export async function benchRead({
  sizes,
  only = "",
  isJson,
}: Options): Promise<Record<string, string | number>> {
  const rows: Row[] = []
  for (const terminals of sizes)
    for (const { sample, bySize } of await measure(terminals, only, terminals === sizes.at(-1))) {
      const known = rows.find((row) => titleOf(row.sample) === titleOf(sample))
      if (known) known.bySize.push(...bySize)
      else rows.push({ sample, bySize })
    }
  if (isJson) return figuresOf(rows)
  process.stdout.write(`${tableOf(rows)}\n`)
  return {}
}

/** A process for each size, because a process has one database. */
async function measure(terminals: number, only: string, withPlans: boolean): Promise<Row[]> {
  const args = ["--import", "tsx", "tests/bench/read/main.ts", String(terminals), only, String(withPlans)]
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] })
  const rows: Row[] = []
  child.on("message", (measured) => rows.push(...(measured as Row[])))
  const [code] = await once(child, "exit")
  if (code !== 0) throw new Error(`the fleet of ${terminals} terminals was not measured`)
  return rows
}

const figuresOf = (rows: readonly Row[]): Record<string, string | number> => {
  const shown = ["p50", "p95", "processor"] as const
  const value = (times: Times, of: (typeof shown)[number]) => Number((times?.[of] ?? 0).toPrecision(3))
  return Object.fromEntries(
    rows.flatMap((row) => [
      ...row.bySize.flatMap(({ terminals, admin, limited }) =>
        Object.entries({ admin, limited })
          .filter(([, times]) => times !== null)
          .flatMap(([who, times]) =>
            shown.map((of): [string, number] => [
              `${titleOf(row.sample)}: ${of}, ${who}, ${terminals} terminals, ms`,
              value(times, of),
            ]),
          ),
      ),
      ...missedBy(row).map((what): [string, string] => [`${titleOf(row.sample)}: misses`, what]),
    ]),
  )
}
