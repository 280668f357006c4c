import { createWriteStream, existsSync, type WriteStream } from "node:fs"
import { parseArgs } from "node:util"
import cliProgress from "cli-progress"
import { stringify } from "csv-stringify/sync"
import { systemActor } from "@/lib/access/actor"
import { organisationOf, runCommand } from "@/lib/command"
import { AppError } from "@/lib/errors"
import { importFile } from "@/lib/imports/import-file"
import { loadProfile } from "@/lib/imports/load-profile"
import { readRows } from "@/lib/imports/read-rows"

const usage = "npm run import -- FILE --profile PROFILE [--rejected FILE] [--code-system NAME] [--org NAME]"

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { profile: { type: "string" }, rejected: { type: "string" }, "code-system": { type: "string" }, org: { type: "string" } },
  })
  const [file] = positionals
  if (file === undefined || values.profile === undefined) throw new AppError("invalid", `Usage: ${usage}`)
  if (!existsSync(file)) throw new AppError("not_found", `There is no file ${file}.`)
  const profile = await loadProfile(values.profile)
  const organisation = await organisationOf(values.org)

  let total = 0
  for await (const _row of readRows(file, profile)) total += 1
  const rejectedPath = values.rejected ?? `${file}.rejected.csv`
  let rejectedFile: WriteStream | undefined
  const bar = new cliProgress.SingleBar({ format: "{bar} {value}/{total} rows, {rejected} rejected, {eta_formatted} left", noTTYOutput: true, notTTYSchedule: 5_000 })
  bar.start(total, 0, { rejected: 0 })
  const counts = await importFile({
    actor: systemActor(organisation.id),
    file,
    profile,
    codeSystem: values["code-system"],
    onProgress: ({ rowsDone, rejected }) => bar.update(rowsDone, { rejected }),
    onRejected: (rows) => {
      if (!rejectedFile) {
        rejectedFile = createWriteStream(rejectedPath)
        rejectedFile.write(stringify([["line", "code", "field", "message", "row"]], { bom: true }))
      }
      rejectedFile.write(stringify(rows.map(({ line, code, field, message, row }) => [line, code, field, message, row]), { escape_formulas: true }))
    },
  })
  bar.stop()
  const opened = rejectedFile
  if (opened) await new Promise((resolve) => opened.end(resolve))
  process.stdout.write(`${total} rows: ${counts.accepted} taken in, ${counts.duplicates} there already, ${counts.rejected} rejected.\n`)
  if (counts.rejected > 0) process.stdout.write(`Rejected rows with their reasons: ${rejectedPath}\n`)
})
