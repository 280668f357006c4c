import { createReadStream } from "node:fs"
import { basename } from "node:path"
import sql from "sql-template-tag"
import { systemActor } from "@/lib/access/actor"
import { closeDatabase } from "@/lib/db/client"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/db/transaction"
import { loadProfile } from "@/lib/imports/load-profile"
import { runImport } from "@/lib/imports/run-import"
import { queueImport } from "@/lib/imports/start-import"
import { runById } from "@/lib/imports/sql"
import { uploadImport } from "@/lib/imports/upload-import"
import { givenOrganisation } from "@/tests/support/factories"

const [half, argument = "", profile = "", sameAs = ""] = process.argv.slice(2)

async function organisationOf(importId: string): Promise<string> {
  const [row] = await asWorker((db) => db.query<{ org_id: string }>(sql`select org_id from import_run where id = ${importId}::uuid`))
  return row?.org_id ?? ""
}

async function upload(file: string): Promise<string> {
  const actor = sameAs === "" ? (await givenOrganisation()).actor : systemActor(await organisationOf(sameAs))
  const { id } = await uploadImport({ actor, fileName: basename(file), body: createReadStream(file) })
  await queueImport({ actor, importId: id, profile: await loadProfile(profile) })
  return id
}

async function run(importId: string): Promise<string> {
  const orgId = await organisationOf(importId)
  await runImport({ orgId, importId, isLastAttempt: true })
  const [done] = await inOrganisation(wholeOrganisation(orgId), (db) => runById(db, importId))
  if (done?.state !== "done" || done.accepted + done.duplicates !== done.total_rows) throw new Error(`not every row came in: ${JSON.stringify(done)}`)
  return importId
}

const begun = performance.now()
const id = await (half === "upload" ? upload(argument) : run(argument))
const seconds = (performance.now() - begun) / 1000
process.stdout.write(`${JSON.stringify({ id, seconds, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`)
await closeDatabase()
