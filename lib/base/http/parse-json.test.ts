import fc from "fast-check"
import { expect, test } from "vitest"
import { parseJson, type JsonLimits } from "@/lib/base/http/parse-json"
import { parseExact } from "@/lib/base/text/exact-json"
import { holdsPan } from "@/lib/base/text/pan"
import { spelledNumbers } from "@/tests/support/spelled-numbers"

const parse = (text: string, limits: Partial<JsonLimits> = {}) =>
  parseJson(text, { deep: "leave out", tooMany: "too many", ...limits })

test("reads what JSON.parse reads, with all digits of long numbers", async () => {
  const json = fc.oneof(
    fc.json(),
    fc.json().map((text) => ` [${text},\n-1234567890123456789] `),
    fc.json().map((text) => `{"__proto__":${text},"a":12345678901234567}`),
  )
  await fc.assert(
    fc.asyncProperty(json, async (text) => {
      expect(await parse(text)).toEqual(parseExact(text))
    }),
  )
})

test.each(["", "{", '{"a":1}\n{"a":2}', '{"a":1}}', "[1,]", "nul", '"a', "1 2"])(
  "%j is not JSON",
  async (text) => expect(await parse(text)).toBeUndefined(),
)

test.each(spelledNumbers)("a card number as the JSON number %s keeps its digits", async (number) => {
  expect(holdsPan(JSON.stringify(await parse(`{"a":[${number}]}`)))).toBe(true)
  expect(holdsPan(JSON.stringify(parseExact(`{"a":[${number}]}`)))).toBe(true)
})

test.each([64, 100, 100_000])("what is nested %d deep is read to a depth of 64", async (depth) => {
  const inner = '[{"a":1},2]'
  const text = `{"x":${"[".repeat(depth)}${inner}${"]".repeat(depth)},"y":1}`
  const written = JSON.stringify(await parse(text))
  expect(written).toBe(`{"x":${"[".repeat(63)}"nested too deeply"${"]".repeat(63)},"y":1}`)
})

test.each([
  ["a list", (members: number) => `{"data":[${"0,".repeat(members - 1)}0]}`],
  ["a list within lists", (members: number) => `[[[],[${"{},".repeat(members - 1)}{}]]]`],
  [
    "an object",
    (members: number) => `{${Array.from({ length: members }, (_, i) => `"${i}":${i}`).join(",")}}`,
  ],
])("%s has at most as many members as the limit says", async (_what, textOf) => {
  const limits = { members: 5_000 }
  expect(await parse(textOf(5_000), limits)).toBeDefined()
  await expect(parse(textOf(5_001), limits)).rejects.toMatchObject({ code: "too_large", message: "too many" })
})

test("all lists together have at most as many values as the limit says", async () => {
  const list = (members: number) => `[${"0,".repeat(members - 1)}0]`
  expect(await parse(`[${list(10)},${list(10)}]`, { values: 22 })).toBeDefined()
  await expect(parse(`[${list(10)},${list(10)}]`, { values: 21 })).rejects.toMatchObject({
    code: "too_large",
  })
})

test.each([(text: string) => `["${text}"]`, (text: string) => `{"${text}":1}`])(
  "a text has at most the limit's characters",
  async (json) => {
    expect(await parse(json("a".repeat(10)), { text: 10 })).toBeDefined()
    await expect(parse(json("a".repeat(11)), { text: 10 })).rejects.toMatchObject({ code: "too_large" })
  },
)

test("what is nested too deeply can be refused", async () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`
  expect(await parse(nested(64), { deep: "refuse" })).toBeDefined()
  await expect(parse(nested(65), { deep: "refuse" })).rejects.toMatchObject({ code: "invalid" })
})
