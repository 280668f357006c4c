import { gzipSync } from "node:zlib"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as postTransactions } from "@/app/api/v1/transactions/route"
import { asWorker } from "@/lib/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
useDatabase()
const ago = (m: number) => new Date(Date.now() - m * 60_000).toISOString()
const pan = "4111111111111111"
async function show(name: string, route: typeof postHeartbeats, type: string, body: BodyInit, headers = {}) {
  const { orgId, ingestKey } = await givenOrganisation()
  await givenTerminal(orgId, { serial: "SN", tid: "TT" })
  const r = await call(route, "/x", { key: ingestKey, body, headers: { "content-type": type, ...headers } })
  const q = await asWorker((db) => db.query<{record: string}>(sql`select code, left(record, 150) as record from quarantine where org_id=${orgId}::uuid`))
  const t = await asWorker((db) => db.query(sql`select id, card_ref, amount_minor from transaction where org_id=${orgId}::uuid`))
  process.stdout.write(`## ${name}: ${r.status} ${(await r.text()).slice(0, 300)}\n   q=${JSON.stringify(q.slice(0,2))} t=${JSON.stringify(t.slice(0,2))}\n`)
}
const nd = "application/x-ndjson"
const sale = (extra: string) => `{"terminal":"SN","at":"${ago(1)}","id":"1","outcome":"approved",${extra}}`
test("probe", async () => {
  await show("esc space", postTransactions, nd, sale(`"cardRef":"4111\\u00201111\\u00201111\\u00201111"`))
  await show("esc fullwidth", postTransactions, nd, sale(`"cardRef":"\\uff14111111111111111"`))
  await show("exponent", postTransactions, nd, sale(`"amountMinor":4.111111111111111e15`))
  await show("doc number19", postTransactions, "application/json", `{"transactions":[${sale(`"amountMinor":6205500000000000004`)}]}`)
  await show("doc proto", postTransactions, "application/json", `{"transactions":[${sale(`"__proto__":{"cardRef":"${pan}"}`)}]}`)
  await show("nd proto", postTransactions, nd, sale(`"__proto__":{"cardRef":"x"}`))
  await show("lat decimals", postHeartbeats, nd, `{"terminal":"SN","at":"${ago(1)}","lat":31.4222222222222}`)
  await show("log line", postTransactions, nd, `2026-11-24 09:30:00 ${pan} approved`)
  const deep = "[".repeat(20000) + "]".repeat(20000)
  await show("deep nd", postTransactions, nd, sale(`"b":"\\\\","x":${deep}`))
  await show("deep doc", postTransactions, "application/json", `{"transactions":[${sale(`"x":${deep}`)}]}`)
  await show("empty array", postTransactions, "application/json", `{"transactions":[]}`)
  await show("two docs", postTransactions, "application/json", `{"transactions":[${sale(`"rrn":"1"`)}]}{"transactions":[]}`)
  await show("bom doc", postTransactions, "application/json", `\uFEFF{"transactions":[${sale(`"rrn":"1"`)}]}`)
  await show("object env", postTransactions, "application/json", `{"transactions":{"a":${sale(`"rrn":"1"`)}}}`)
  await show("top array", postTransactions, "application/json", `[${sale(`"rrn":"1"`)}]`)
  await show("no seconds", postHeartbeats, nd, `{"terminal":"SN","at":"${ago(1).slice(0,16)}Z"}`)
  await show("lower t z", postHeartbeats, nd, `{"terminal":"SN","at":"${ago(1).toLowerCase()}"}`)
  await show("+0800", postHeartbeats, nd, `{"terminal":"SN","at":"${ago(1).slice(0,19)}+0000"}`)
  await show("event extra", postHeartbeats, nd, `{"terminal":"SN","at":"${ago(1)}","events":[{"kind":"sign_in","at":"${ago(1)}","who":"x"}]}`)
  await show("csv gbk", postTransactions, "text/csv", Buffer.concat([Buffer.from(`terminal,at,id,outcome,operator\nSN,${ago(1)},1,approved,`), Buffer.from([0xd5,0xc5,0xc8,0xfd])]))
  await show("doc bad utf8", postTransactions, "application/json", Buffer.concat([Buffer.from(`{"transactions":[{"terminal":"SN","at":"${ago(1)}","id":"1","outcome":"approved","operator":"`), Buffer.from([0xd5,0xc5]), Buffer.from(`"}]}`)]))
  await show("csv half gzip", postTransactions, "text/csv", gzipSync("terminal,at\n").subarray(0, 12), { "content-encoding": "gzip" })
  await show("csv too large", postTransactions, "text/csv", "terminal,at\n" + "x,y\n".repeat(4_400_000))
  expect(1).toBe(1)
}, 60000)
