import fc from "fast-check"
import { expect, test } from "vitest"
import { parseExact } from "@/lib/base/text/exact-json"
import { holdsPan } from "@/lib/base/text/pan"
import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { checkRecord } from "@/lib/intake/ingest/check"
import { IgnoredFields, KnownFields } from "@/lib/intake/ingest/ignored"
import { valueOf, type RawRecord } from "@/lib/intake/ingest/raw-record"
import { readRecords, readShort } from "@/lib/intake/ingest/read-records"
import { preparer } from "@/lib/intake/ingest/rows"

// Lines of ASCII without escapes take a shorter way. It must give what the long way gives.

const at = "2026-11-24T09:30:00.123456+08:00"
const receivedAt = Date.parse("2026-11-24T02:00:00Z")

const card = fc.constantFrom(
  "4111111111111111",
  "4111 1111 1111 1111",
  "4111-1111-1111-1111",
  "411111111111111",
  "4111111111111112",
  "00000000004111111111111111",
  "6217000000000000009",
  "411111\\u0031111111111",
  "４１１１１１１１１１１１１１１１",
  "550e8400-e29b-41d4-a716-446655440000",
)
const digits = fc.stringMatching(/^\d{9,24}$/)
const number = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom("4.111111111111111e15", "4111111111111111", "1e400", "-0", "12345678901234567890", "1.50"),
  digits.filter((text) => !text.startsWith("0")),
  fc.integer().map(String),
)
const word = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ maxLength: 20, unit: "binary" }),
  card,
  digits,
  fc.constantFrom("ok", "4g", " padded ", "a\tb", "C:\\x", "x".repeat(70), "null"),
)
const written = (text: string) => `"${text.replaceAll('"', "'").replaceAll("\n", " ")}"`
const value = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  word.map(written),
  number,
  fc.constantFrom("true", "false", "null", "[]", "{}", '[{"kind":"sign_in","at":"2026-11-24T09:30:00Z"}]'),
)
const field = fc.oneof(
  fc.constantFrom(...Object.keys(Heartbeat.shape)),
  word.map((text) => text.slice(0, 30)),
)
const member = fc.tuple(field, value).map(([name, text]) => `${JSON.stringify(name)}:${text}`)
const blank = fc.constantFrom("", " ", "\t", "\r")
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.array(member, { maxLength: 6 }), blank).map(ofMembers) },
  { weight: 1, arbitrary: word },
  { weight: 1, arbitrary: fc.constant("") },
)

function ofMembers([members, padding]: [string[], string]): string {
  return `${padding}{${['"terminal":"SN1"', `"at":"${at}"`, ...members].join(",")}}${padding}`
}

/** Half of the bodies have no escapes and nothing but ASCII. */
const body = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 12 }), fc.boolean())
  .map(([lines, isPlain]) => {
    const text = lines.join("\n")
    return isPlain ? text.replaceAll(/[^\n\x20-\x7e]|\\/g, "") : text
  })

const bytesOf = (text: string) => new TextEncoder().encode(text)

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size)
}

const form = { contentType: "application/x-ndjson", contentEncoding: null }

async function read(bytes: Uint8Array, size: number): Promise<RawRecord[]> {
  const upload = { ...form, body: inChunks(bytes, size) }
  const found: RawRecord[] = []
  for await (const records of readRecords(upload, { envelope: "heartbeats", fromCsv: (row) => row }))
    found.push(...records)
  return found
}

/** The records of a body as the whole text gives them, without any short way. */
function longWay(bytes: Uint8Array): RawRecord[] {
  const lines = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n")
  return lines
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text, index) => ({ index, text, parse: parseExact }))
}

const known = new KnownFields(Heartbeat.shape)
const fields = Object.keys(Heartbeat.shape).filter((name) => !["terminal", "at", "sentAt"].includes(name))
const prepare = preparer(fields, ({ terminal }: Heartbeat, time) => ({ terminal, at: time, acquirer: null }))

/** What ingest makes of records before it asks the database. */
function outcomes(records: readonly RawRecord[]) {
  const ignored = new IgnoredFields(known)
  const rules = { contract: heartbeatContract, ignored, receivedAt, isImport: false }
  const made = records.map((raw) => {
    const result = checkRecord(rules, raw)
    if ("rejection" in result) return { text: raw.text, rejection: result.rejection }
    const { raw: _raw, ...ready } = prepare(result)
    return { text: raw.text, ready }
  })
  return { made, ignored: ignored.names }
}

test("any body gives the same records by the short way as by the long way", async () => {
  await fc.assert(
    fc.asyncProperty(body, fc.integer({ min: 1, max: 900 }), async (text, size) => {
      const bytes = bytesOf(text)
      fc.pre(longWay(bytes).length > 0)
      const expected = outcomes(longWay(bytes))
      expect(outcomes(await read(bytes, size))).toEqual(expected)
      expect(outcomes(readShort({ ...form, body: bytes }))).toEqual(expected)
    }),
    { numRuns: 400 },
  )
})

test("what takes the short way holds no card number and loses no digits", async () => {
  let count = 0
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const bytes = bytesOf(text)
      fc.pre(longWay(bytes).length > 0)
      for (const raw of (await read(bytes, bytes.length)).filter(({ isPlain }) => isPlain)) {
        count += 1
        expect(holdsPan(raw.text, { json: true })).toBe(false)
        expect(holdsPan(raw.text)).toBe(false)
        expect(valueOf(raw)).toEqual(valueOf({ ...raw, parse: parseExact }))
      }
    }),
    { numRuns: 400 },
  )
  expect(count).toBeGreaterThan(100)
})
