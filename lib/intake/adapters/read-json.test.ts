import fc from "fast-check"
import { expect, test } from "vitest"
import { holdsPan } from "@/lib/base/text/pan"
import { readJson } from "@/lib/intake/adapters/read-json"
import { parseExact } from "@/lib/intake/ingest/exact-json"
import { spelledNumbers } from "@/tests/support/spelled-numbers"

test("reads what JSON.parse reads, with all digits of long numbers", async () => {
  const json = fc.oneof(
    fc.json(),
    fc.json().map((text) => ` [${text},\n-1234567890123456789] `),
    fc.json().map((text) => `{"__proto__":${text},"a":12345678901234567}`),
  )
  await fc.assert(
    fc.asyncProperty(json, async (text) => {
      expect(await readJson(text)).toEqual(parseExact(text))
    }),
  )
})

test.each(["", "{", '{"a":1}\n{"a":2}', '{"a":1}}', "[1,]", "nul", '"a', "1 2"])(
  "%j is not JSON",
  async (text) => expect(await readJson(text)).toBeUndefined(),
)

test.each(spelledNumbers)("a card number as the JSON number %s keeps its digits", async (number) => {
  expect(holdsPan(JSON.stringify(await readJson(`{"a":[${number}]}`)))).toBe(true)
  expect(holdsPan(JSON.stringify(parseExact(`{"a":[${number}]}`)))).toBe(true)
})

test.each([64, 100, 100_000])("what is nested %d deep is read to a depth of 64", async (depth) => {
  const inner = '[{"a":1},2]'
  const text = `{"x":${"[".repeat(depth)}${inner}${"]".repeat(depth)},"y":1}`
  const written = JSON.stringify(await readJson(text))
  expect(written).toBe(`{"x":${"[".repeat(63)}"nested too deeply"${"]".repeat(63)},"y":1}`)
})

test.each([
  ["a list", (members: number) => `{"data":[${"0,".repeat(members - 1)}0]}`],
  ["a list within lists", (members: number) => `[[[],[${"{},".repeat(members - 1)}{}]]]`],
  [
    "an object",
    (members: number) => `{${Array.from({ length: members }, (_, i) => `"${i}":${i}`).join(",")}}`,
  ],
])("%s has at most 50,000 members", async (_what, textOf) => {
  expect(await readJson(textOf(50_000))).toBeDefined()
  await expect(readJson(textOf(50_001))).rejects.toMatchObject({ code: "too_large" })
})
