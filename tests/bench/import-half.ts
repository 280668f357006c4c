import { createReadStream, createWriteStream } from "node:fs"
import { basename } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import sql from "sql-template-tag"
import { systemActor } from "@/lib/access/actor/actor"
import { closeDatabase } from "@/lib/base/db/client"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { exportTerminals } from "@/lib/fleet/terminals/read/export-terminals"
import { TerminalExportQuery } from "@/lib/fleet/terminals/schemas"
import { loadProfile } from "@/lib/intake/imports/mapping/load-profile"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import { runById } from "@/lib/intake/imports/runs/sql"
import { queueImport } from "@/lib/intake/imports/runs/start-import"
import { uploadImport } from "@/lib/intake/imports/runs/upload-import"
import { givenOrganisation } from "@/tests/support/factories"

const [half, argument = "", option = ""] = process.argv.slice(2)

async function organisationOf(importId: string): Promise<string> {
  const [row] = await asWorker((db) =>
    db.query<{ org_id: string }>(sql`select org_id from import_run where id = ${importId}::uuid`),
  )
  return row?.org_id ?? ""
}

/** Uploads into a new organisation, or into that of another import. */
async function upload(file: string, sameAs: string): Promise<string> {
  const actor = sameAs === "" ? (await givenOrganisation()).actor : systemActor(await organisationOf(sameAs))
  return (await uploadImport({ actor, fileName: basename(file), body: createReadStream(file) })).id
}

const steps: { rows: number; at: number }[] = []
let changed: number | undefined

async function run(importId: string, profile: string, isDry: boolean): Promise<string> {
  const orgId = await organisationOf(importId)
  await queueImport({ actor: systemActor(orgId), importId, profile: await loadProfile(profile), isDry })
  steps.push({ rows: 0, at: performance.now() })
  await runImport({
    orgId,
    importId,
    isLastAttempt: true,
    onProgress: ({ rowsDone: rows }) => steps.push({ rows, at: performance.now() }),
  })
  const [done] = await inOrganisation(wholeOrganisation(orgId), (db) => runById(db, importId))
  if (done?.state !== (isDry ? "uploaded" : "done") || done.accepted + done.duplicates !== done.total_rows)
    throw new Error(`rows were rejected: ${JSON.stringify(done)}`)
  changed = done.accepted
  return importId
}

/** Rows per second between two steps. */
function rowsASecond(from: number, to: number): number | undefined {
  const [first, last] = [steps.at(from), steps.at(to)]
  return first && last ? Math.round((last.rows - first.rows) / ((last.at - first.at) / 1000)) : undefined
}

async function exported(importId: string, path: string): Promise<string> {
  const query = TerminalExportQuery.parse({ format: path.endsWith(".csv") ? "csv" : "xlsx" })
  await pipeline(
    Readable.from(exportTerminals({ actor: systemActor(await organisationOf(importId)), query })),
    createWriteStream(path),
  )
  return importId
}

const halves: Record<string, () => Promise<string>> = {
  upload: () => upload(argument, option),
  "dry-run": () => run(argument, option, true),
  run: () => run(argument, option, false),
  export: () => exported(argument, option),
}

const begun = performance.now()
const id = (await halves[half ?? ""]?.()) ?? ""
const seconds = (performance.now() - begun) / 1000
const tenth = Math.max(1, Math.floor((steps.length - 1) / 10))
const part = {
  id,
  seconds,
  peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  first: rowsASecond(0, tenth),
  last: rowsASecond(-1 - tenth, -1),
  changed,
}
process.stdout.write(`${JSON.stringify(part)}\n`)
await closeDatabase()
