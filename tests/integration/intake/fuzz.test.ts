import { gunzipSync, gzipSync } from "node:zlib"
import fc from "fast-check"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { POST as postVendor } from "@/app/api/v1/adapters/[vendor]/route"
import { POST as postPreview } from "@/app/api/v1/imports/[id]/preview/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import { vendors } from "@/lib/intake/adapters/adapters"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { useDatabase } from "@/tests/support/database"
import { openDoor } from "@/tests/support/door"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, ndjson, transactionsOnce } from "@/tests/support/ingest"

useDatabase()

/** 300 in each test run; `npm run fuzz` sets 10,000. */
const cases = Number(process.env["FUZZ_CASES"] ?? 300)

const today = new Date().toISOString().slice(0, 10)

/** Well-known test numbers. */
const pans = [
  "4111111111111111",
  "5555555555554444",
  "378282246310005",
  "6011111111111117",
  "4111 1111 1111 1111",
]
const pan = fc.constantFrom(...pans)

const strange = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -0,
    1e308,
    4.111111111111111e15,
    "",
    "NaN",
    "\0",
    "\ud800",
    "=cmd|' /C calc'!A0",
    "'; drop table heartbeat; --",
    "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
    `${today}T00:00:00+23:59`,
    `${today}T23:59:59-23:59`,
  ),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.integer(),
  fc.double({ noNaN: false }),
  pan,
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
)

const time = fc
  .integer({ min: 0, max: 86_400 })
  .map((seconds) => new Date(Date.now() - seconds * 1000).toISOString())
const terminal = fc.constantFrom("SN1", "SN2", "SN3")
const beat = fc.record(
  {
    terminal,
    at: time,
    batteryPct: fc.integer({ min: 0, max: 100 }),
    app: fc.string({ maxLength: 20 }),
    printerLines: fc.nat(),
  },
  { requiredKeys: ["terminal", "at"] },
)
const sale = fc.record(
  {
    terminal,
    at: time,
    id: fc.string({ minLength: 1, maxLength: 10 }),
    outcome: fc.constantFrom("approved", "declined"),
    code: fc.string({ maxLength: 8 }),
    codeSystem: fc.constant("unionpay"),
  },
  { requiredKeys: ["terminal", "at", "id", "outcome"] },
)
const field = fc.constantFrom(
  "terminal",
  "at",
  "sentAt",
  "id",
  "outcome",
  "app",
  "code",
  "cardRef",
  "acquirer",
  "operator",
  "events",
  "lat",
  "amountMinor",
  "model",
  "store",
  "__proto__",
  "constructor",
  "toString",
)

/** A valid record with some fields replaced, repeated or added. */
const record = fc
  .tuple(fc.oneof(beat, sale), fc.array(fc.tuple(field, strange), { maxLength: 3 }))
  .map(([good, wrong]) => {
    const members = [...Object.entries(good), ...wrong].map(
      ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? "null"}`,
    )
    return `{${members.join(",")}}`
  })

const deep = fc.integer({ min: 1, max: 5000 }).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)
const line = fc.oneof(
  { weight: 6, arbitrary: record },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.tuple(record, fc.nat()).map(([text, at]) => text.slice(0, at % text.length)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pan, fc.string({ maxLength: 20 }))
      .map(([number, text]) => `{"terminal":"${text}","note":"${number}`),
  },
  {
    weight: 1,
    arbitrary: time.map((at) => `{"terminal":"SN1","at":"${at}","app":"\\u0034111111111111111"}`),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
)
const lines = fc.array(line, { maxLength: 8 }).map((all) => Buffer.from(all.join("\n")))
const documents = fc
  .tuple(fc.array(record, { maxLength: 5 }), fc.constantFrom("heartbeats", "transactions", "records"))
  .map(([all, name]) => Buffer.from(`{"${name}":[${all.join(",")}]}`))
const tables = fc
  .tuple(
    fc.array(fc.tuple(terminal, time, fc.oneof(pan, fc.string({ unit: "binary", maxLength: 20 })))),
    fc.boolean(),
  )
  .map(([rows, isQuoted]) =>
    Buffer.from(
      [
        "terminal,at,app",
        ...rows.map((row) => row.map((cell) => (isQuoted ? `"${cell}"` : cell)).join(",")),
      ].join("\n"),
    ),
  )
const bytes = fc.uint8Array({ maxLength: 500 }).map((array) => Buffer.from(array))

type Body = { body: Buffer; type: string; headers: Record<string, string> }

const upload: fc.Arbitrary<Body> = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: lines.map((body) => ({ body, type: ndjson })) },
      { weight: 2, arbitrary: documents.map((body) => ({ body, type: "application/json" })) },
      { weight: 2, arbitrary: tables.map((body) => ({ body, type: "text/csv" })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            bytes,
            fc.constantFrom(
              ndjson,
              "application/json",
              "text/csv",
              "text/plain",
              "application/json; charset=gbk",
            ),
          )
          .map(([body, type]) => ({ body, type })),
      },
    ),
    fc.constantFrom("plain", "plain", "plain", "gzip", "half a gzip", "no gzip"),
  )
  .map(([{ body, type }, packing]) => {
    if (packing === "plain") return { body, type, headers: {} }
    const packed = packing === "no gzip" ? body : gzipSync(body)
    return {
      body: packing === "half a gzip" ? packed.subarray(0, packed.length / 2) : packed,
      type,
      headers: { "content-encoding": "gzip" },
    }
  })

/** All of the organisation's rows in the tables that store sent data, as text. */
const stored = (orgId: string) =>
  asWorker(async (db) =>
    JSON.stringify([
      await db.query(sql`select * from heartbeat where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from transaction where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from quarantine where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from terminal where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from terminal_tid where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from terminal_model where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from acquirer where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from unmapped_code where org_id = ${orgId}::uuid`),
    ]),
  )

test(`any body gets a documented answer, counts once and leaves no PAN (${cases} cases)`, async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  const door = await openDoor()
  await fc.assert(
    fc.asyncProperty(
      upload,
      fc.boolean(),
      fc.boolean(),
      async ({ body, type, headers }, isBeats, isInFront) => {
        const noun = isBeats ? "heartbeats" : "transactions"
        const post = () =>
          isInFront
            ? door.post(`/api/v1/${noun}`, { key, body: new Uint8Array(body), type, headers })
            : (isBeats ? heartbeatsOnce : transactionsOnce)({
                key,
                body: new Uint8Array(body),
                type,
                headers,
              })
        const [first, second] = [await post(), await post()]
        expect([200, 413, 415, 422]).toContain(first.status)
        expect(second.status).toBe(first.status)
        if (first.status !== 200) return
        const [one, two] = [(await first.json()) as IngestAnswer, (await second.json()) as IngestAnswer]
        expect(two).toMatchObject({
          accepted: 0,
          rejected: one.rejected,
          duplicates: one.accepted + one.duplicates,
        })
        expect(one.errors).toHaveLength(Math.min(100, one.rejected))
      },
    ),
    { numRuns: cases, endOnFailure: true },
  )
  door.close()
  const text = await stored(orgId)
  for (const number of pans) expect(text).not.toContain(number)
}, 600_000)

const vendorNames = fc.constantFrom(
  "serialNo",
  "serialNumber",
  "serial_number",
  "modelName",
  "tid",
  "lastAccessTime",
  "time",
  "timezone",
  "battery",
  "network",
  "totalStorageUsage",
  "totalStorage",
  "lastActivityAt",
  "assignment",
  "last_seen_at",
  "batteryLevel",
  "action",
  "object",
  "data",
  "SaleToPOIRequest",
  "SaleToPOIResponse",
  "MessageHeader",
  "pageInfo",
  "dataSet",
  "__proto__",
)
const vendorRecord = fc.dictionary(
  vendorNames,
  fc.oneof(strange, time, terminal, fc.dictionary(vendorNames, strange, { maxKeys: 3 })),
  { maxKeys: 6, noNullPrototype: true },
)
const vendorBody = fc.oneof(
  fc.array(vendorRecord, { maxLength: 4 }).map((records) => JSON.stringify(records)),
  fc
    .array(vendorRecord, { minLength: 1, maxLength: 4 })
    .map((records) => records.map((one) => JSON.stringify(one)).join("\n")),
  vendorRecord.map((one) => JSON.stringify({ data: [one], pageInfo: { dataSet: [one] } })),
  fc.tuple(vendorRecord, fc.nat()).map(([one, at]) => JSON.stringify(one).slice(0, at % 40)),
)

test("any vendor body gets a documented answer and stores no card number", async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  await fc.assert(
    fc.asyncProperty(vendorBody, fc.constantFrom(...vendors), async (body, vendor) => {
      const { status } = await call(postVendor, `/api/v1/adapters/${vendor}`, {
        key,
        body,
        params: { vendor },
      })
      expect([200, 413, 422]).toContain(status)
    }),
    { numRuns: Math.ceil(cases / 3), endOnFailure: true },
  )
  const text = await stored(orgId)
  for (const number of pans) expect(text).not.toContain(number)
}, 600_000)

const cell = fc.oneof(
  pan,
  terminal,
  time,
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "¥1,234.50", "'00", "=1+1", "622202******1234", '"', "2026/11/24 9:05", "0.5"),
)
const sheet = fc
  .tuple(
    fc.array(fc.constantFrom("终端号", "交易时间", "交易金额", "卡号", "应答码", "参考号", "=a", '"b', ""), {
      minLength: 1,
      maxLength: 7,
    }),
    fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }),
    fc.constantFrom(",", ";", "\t"),
  )
  .map(([header, rows, delimiter]) =>
    Buffer.from([header, ...rows].map((row) => row.join(delimiter)).join("\n")),
  )
const file = fc.oneof(
  { weight: 3, arbitrary: sheet },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: bytes.map((rest) => Buffer.concat([Buffer.from("504b0304", "hex"), rest])) },
)

test("any uploaded file gets a documented answer and stores no card number", async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  await fc.assert(
    fc.asyncProperty(file, async (body) => {
      const response = await call(postUpload, "/api/v1/imports?fileName=a.csv", {
        key,
        body: new Uint8Array(body),
      })
      expect([200, 413, 415, 422]).toContain(response.status)
      if (response.status !== 200) return
      const { id, mapping } = (await response.json()) as { id: string; mapping: object }
      const { status } = await call(postPreview, `/api/v1/imports/${id}/preview`, {
        key,
        body: JSON.stringify({ profile: mapping }),
        params: { id },
      })
      expect([200, 422]).toContain(status)
    }),
    { numRuns: Math.ceil(cases / 10), endOnFailure: true },
  )
  const chunks = await asWorker((db) =>
    db.query<{ bytes: Buffer }>(sql`select bytes from import_chunk where org_id = ${orgId}::uuid`),
  )
  const runs = await asWorker((db) => db.query(sql`select * from import_run where org_id = ${orgId}::uuid`))
  const text = chunks.map((chunk) => gunzipSync(chunk.bytes).toString("utf8")).join("") + JSON.stringify(runs)
  for (const number of pans) expect(text).not.toContain(number)
}, 600_000)

test("refuses bodies that are too large and accepts the largest valid one", async () => {
  const { ingestKey: key } = await givenOrganisation()
  const status = async (body: Buffer, headers: Record<string, string> = {}) =>
    (await heartbeatsOnce({ key, body: new Uint8Array(body), headers })).status
  expect(await status(gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)), { "content-encoding": "gzip" })).toBe(413)
  expect(await status(Buffer.from("{}\n".repeat(50_001)))).toBe(413)
  expect(await status(Buffer.alloc(10 * 1024 * 1024, "a"))).toBe(200)
})
