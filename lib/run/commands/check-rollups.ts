import { parseArgs } from "node:util"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkStandings } from "@/lib/insight/standings/check-standings"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { checkLost } from "@/lib/rollups/lost/check-lost"
import { organisationOf, runCommand } from "@/lib/run/commands/run-command"

const usage = "npm run db:check -- --from 2026-11-01 --to 2026-11-07 [--org NAME] [--repair]"
const Arguments = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  org: z.string().optional(),
  repair: z.boolean().default(false),
})
const mostShown = 20

type Found = Record<"organisation" | "table" | "key" | "column", string> &
  Record<"stored" | "recounted", string | null>

const lineOf = ({ organisation, table, key, column, stored, recounted }: Found): string =>
  `${organisation}: ${table} (${key}) ${column}: ` +
  `stored ${stored ?? "nothing"}, recounted ${recounted ?? "nothing"}`

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      to: { type: "string" },
      org: { type: "string" },
      repair: { type: "boolean" },
    },
  })
  const parsed = Arguments.safeParse(values)
  if (!parsed.success || parsed.data.from > parsed.data.to) throw new AppError("invalid", `Usage: ${usage}`)
  const { from, org, repair: isRepair } = parsed.data
  // In every zone, today is at most one day after today in UTC.
  const end = addDays(localDay(new Date(), "utc"), 1)
  const last = parsed.data.to < end ? parsed.data.to : end
  const orgId = org === undefined ? null : (await organisationOf(org)).id
  const rollups = await checkRollups({
    orgId,
    from,
    to: addDays(last, 1),
    isRepair,
    onProgress: ({ organisation, day, differences }) =>
      process.stderr.write(`${organisation}, ${day ?? "newest heartbeats"}: ${differences} differences\n`),
  })
  const found: Found[] = [
    ...rollups,
    ...(await checkLost({ orgId, from, to: addDays(last, 1), isRepair })),
    ...(await checkStandings({ orgId, isRepair })),
  ]
  for (const one of found.slice(0, mostShown)) process.stdout.write(`${lineOf(one)}\n`)
  if (found.length > mostShown) process.stdout.write(`and ${found.length - mostShown} more\n`)
  for (const table of new Set(found.map((one) => one.table))) {
    process.stdout.write(`${table}: ${found.filter((one) => one.table === table).length} differences\n`)
  }
  if (found.length === 0)
    process.stdout.write(`The rollups from ${from} to ${last} agree with the raw data.\n`)
  else if (isRepair) process.stdout.write("All differences are repaired.\n")
  else process.exitCode = 1
})
