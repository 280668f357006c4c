import { once } from "node:events"
import { connect } from "node:net"
import { setImmediate as nextTurn } from "node:timers/promises"
import { gzipSync } from "node:zlib"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { heartbeatsOnce, minutesAgo, ndjson, rowsOf, transactionsOnce } from "@/tests/support/ingest"
import { startIngestServer } from "@/tests/support/ingest-server"
import { cases, pans, pan, strange, time, terminal, tables, bytes, stored } from "@/tests/support/odd-bodies"

useDatabase()

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

test(`any body gets a documented answer, counts once and leaves no PAN (${cases} cases)`, async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  const server = await startIngestServer()
  await fc.assert(
    fc.asyncProperty(
      upload,
      fc.boolean(),
      fc.boolean(),
      async ({ body, type, headers }, isBeats, isInFront) => {
        const noun = isBeats ? "heartbeats" : "transactions"
        const post = () =>
          isInFront
            ? server.post(`/api/v1/${noun}`, { key, body: new Uint8Array(body), type, headers })
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
  server.close()
  const text = await stored(orgId)
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

test("a record is stored whether it arrives with the head of its request or after it", async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  const server = await startIngestServer()
  const socket = connect(server.port, "127.0.0.1")
  const answer = async () => String((await once(socket, "data"))[0])
  const request = (minutes: number): [head: string, body: string] => {
    const body = JSON.stringify({ terminal: "SN1", at: minutesAgo(minutes) })
    const headers = [
      `authorization: Bearer ${key}`,
      `content-type: ${ndjson}`,
      `content-length: ${body.length}`,
    ]
    return [["POST /api/v1/heartbeats HTTP/1.1", "host: here", ...headers, "\r\n"].join("\r\n"), body]
  }
  for (const minutes of [3, 2]) {
    socket.write(request(minutes).join(""))
    expect(await answer()).toContain('"accepted":1')
  }
  const [head, body] = request(1)
  socket.write(head)
  await nextTurn()
  socket.write(body)
  expect(await answer()).toContain('"accepted":1')
  socket.destroy()
  server.close()
  expect(await rowsOf(orgId, "heartbeat")).toHaveLength(3)
})
