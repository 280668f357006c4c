import fc from "fast-check"
import { expect, test } from "vitest"
import { parseExact } from "@/lib/base/text/exact-json"
import { readDocument } from "@/lib/intake/ingest/read-document"
import { spelledNumbers } from "@/tests/support/spelled-numbers"

async function fromDocument(record: string): Promise<unknown> {
  async function* body() {
    yield await Promise.resolve(Buffer.from(`{"transactions": [${record}]}`))
  }
  for await (const records of readDocument(body(), "transactions")) return records[0]
  return undefined
}

test.each([
  ['{"id":70123456789012347}', { id: "70123456789012347" }],
  ['{"id":-1234567890123456}', { id: "-1234567890123456" }],
  ['{"id":123456789012345}', { id: 123_456_789_012_345 }],
  ['{"lat":31.2304160000000001}', { lat: 31.230_416 }],
  ['{"a":1e20}', { a: 1e20 }],
  ['{"note":"x:70123456789012347"}', { note: "x:70123456789012347" }],
  [
    '{"id":70123456789012347,"note":"4111 1111 1111 1111"}',
    { id: "70123456789012347", note: "4111 1111 1111 1111" },
  ],
  [String.raw`{"a\":1":[1,70123456789012347]}`, { 'a":1': [1, "70123456789012347"] }],
])("%s keeps its digits", async (text, value) => {
  expect(parseExact(text)).toEqual(value)
  expect(await fromDocument(text)).toEqual(value)
})

test("a line and a document give the same numbers", async () => {
  const number = fc.oneof(
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
    fc.constantFrom(...spelledNumbers),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  )
  const card = fc.constantFrom('"4111 1111 1111 1111"', '"4111111111111111"')
  const value = fc.oneof(number, card, fc.json({ maxDepth: 2 }))
  const record = fc
    .array(fc.tuple(fc.string(), value))
    .map((members) => `{${members.map(([name, one]) => `${JSON.stringify(name)}:${one}`).join(",")}}`)
  await fc.assert(
    fc.asyncProperty(record, async (text) => {
      expect(await fromDocument(text)).toEqual(parseExact(text))
    }),
  )
})

test.each([
  ["digits", `{"a":[${"7".repeat(60_000)}]}`],
  ["numbers", `{"a":[${Array(3_500).fill("7012345678901234").join()}]}`],
  ["decimals", `{"a":[7777777777777777.${"7".repeat(60_000)}]}`],
  ["escapes", `{"b":1234567890123456,"a":"${String.raw`\"`.repeat(30_000)}"}`],
  ["blanks", `{"b":${" ".repeat(60_000)}1}`],
])("the longest record of %s is read quickly", (_what, text) => {
  // A busy machine adds to a try now and then: the shortest of them counts.
  const costs = Array.from({ length: 12 }, () => {
    const begun = performance.now()
    parseExact(text)
    return performance.now() - begun
  })
  expect(Math.min(...costs)).toBeLessThan(25)
})
