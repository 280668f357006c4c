import { createWriteStream, existsSync } from "node:fs"
import { pipeline } from "node:stream/promises"
import { parseArgs } from "node:util"
import cliProgress from "cli-progress"
import { commandActor } from "@/lib/access/actor/actor"
import { AppError } from "@/lib/base/errors"
import { loadProfile } from "@/lib/intake/imports/mapping/load-profile"
import { importFile, type Imported } from "@/lib/intake/imports/runs/import-file"
import { rejectedCsv } from "@/lib/intake/imports/runs/rejected-csv"
import { codeMeanings, everyOtherCode, moneyUnits } from "@/lib/intake/imports/words"
import { organisationOf, runCommand } from "@/lib/run/commands/run-command"

const usage =
  "npm run import -- FILE --profile PROFILE [--rejected FILE] [--code-system NAME] [--org NAME] " +
  `[--unknown-codes ${codeMeanings.join("|")}] [--money-unit ${moneyUnits.join("|")}]`

/** The choice of an option, if it is given and known. */
function chosen<Value extends string>(
  option: string,
  known: readonly Value[],
  given: string | undefined,
): Value | undefined {
  const value = known.find((one) => one === given)
  if (given !== undefined && value === undefined)
    throw new AppError("invalid", `${option} is one of ${known.join(", ")}, not ${given}.`)
  return value
}

const readArguments = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: "string" },
      rejected: { type: "string" },
      "code-system": { type: "string" },
      "unknown-codes": { type: "string" },
      "money-unit": { type: "string" },
      org: { type: "string" },
    },
  })

const print = (line: string) => process.stdout.write(`${line}\n`)
const counted = (count: number, noun: string) => `${count} ${count === 1 ? noun : `${noun}s`}`

function printOutcome(
  { rowsDone, accepted, duplicates, rejected }: Omit<Imported, "id" | "leftOut">,
  leftOut: Imported["leftOut"],
): void {
  const sums = `${accepted} imported, ${duplicates} duplicates, ${rejected} rejected.`
  print(`${counted(rowsDone, "row")}: ${sums}`)
  for (const { field, reason, rows, example } of leftOut)
    print(`Left out of ${counted(rows, "record")}: ${field} (${reason}), such as "${example}"`)
}

await runCommand(async () => {
  const { values, positionals } = readArguments()
  const [file] = positionals
  if (file === undefined || values.profile === undefined) throw new AppError("invalid", `Usage: ${usage}`)
  if (!existsSync(file)) throw new AppError("not_found", `File not found: ${file}`)
  const unknownCodes = chosen("--unknown-codes", codeMeanings, values["unknown-codes"])
  const moneyUnit = chosen("--money-unit", moneyUnits, values["money-unit"])
  const profile = await loadProfile(values.profile)
  const organisation = await organisationOf(values.org)

  const bar = new cliProgress.SingleBar({
    format: "{bar} {value} of {total}, {rejected} rejected, {eta_formatted} left",
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  })
  let rows = 0
  print("Reading the file")
  const actor = commandActor(organisation.id)
  const { id, leftOut, ...counts } = await importFile({
    actor,
    file,
    profile: {
      ...profile,
      ...(moneyUnit === undefined ? {} : { moneyUnit }),
      ...(unknownCodes === undefined
        ? {}
        : { codeMeanings: { [everyOtherCode]: unknownCodes, ...profile.codeMeanings } }),
    },
    codeSystem: values["code-system"],
    onUploaded: (total, absent) => {
      if (absent.length > 0)
        print(`Columns of the profile that this file does not have: ${absent.join(", ")}`)
      rows = total
    },
    onQueued: (unused) => {
      if (unused.length > 0) print(`Columns of the file that are not used: ${unused.join(", ")}`)
      bar.start(rows, 0, { rejected: 0 })
    },
    onProgress: ({ rowsDone, rejected }) => bar.update(rowsDone, { rejected }),
  }).finally(() => bar.stop())
  printOutcome(counts, leftOut)
  if (counts.rejected === 0 || id === null) return
  const rejectedPath = values.rejected ?? `${file}.rejected.csv`
  const { text } = await rejectedCsv({ actor, importId: id })
  await pipeline(text, createWriteStream(rejectedPath))
  print(`Rejected rows and reasons: ${rejectedPath}`)
  if (counts.accepted + counts.duplicates === 0)
    throw new AppError(
      "invalid",
      "No row was imported. Check the reasons in that file, correct the rows or the profile, and try again.",
    )
})
