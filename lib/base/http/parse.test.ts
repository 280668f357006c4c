import { expect, test } from "vitest"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { parse } from "@/lib/base/http/parse"

const Schema = z.strictObject({
  name: z.string().max(5),
  labels: z.array(z.string()).optional(),
  columns: z.record(z.string(), z.string()).optional(),
})

function faultsOf(value: unknown, schema: z.ZodType = Schema): unknown {
  try {
    return parse(schema, value)
  } catch (error) {
    return error instanceof AppError ? error.detail["errors"] : error
  }
}
const unstorable = "holds characters that cannot be stored"

test.each<[string, unknown, unknown]>([
  ["accepts a value as its schema has it", { name: "a" }, { name: "a" }],
  ["accepts an emoji", { name: "🧾" }, { name: "🧾" }],
  ["refuses NUL", { name: "a\0" }, [{ field: "name", message: unstorable }]],
  [
    "refuses half of a surrogate pair, at any depth",
    { name: "a", labels: ["b", "\ud83e"] },
    [{ field: "labels.1", message: unstorable }],
  ],
  [
    "refuses NUL in a name",
    { name: "a", columns: { "\0": "b" } },
    [{ field: "columns", message: unstorable }],
  ],
  ["reports one error for each field", { name: "\0too long" }, [{ field: "name", message: unstorable }]],
])("%s", (_name, value, expected) => {
  expect(faultsOf(value)).toEqual(expected)
})

test("reports all errors at once", () => {
  expect(faultsOf({ name: "too long", labels: ["\0"] })).toMatchObject([
    { field: "labels.0" },
    { field: "name" },
  ])
})

/** A well-known test number. */
const card = "4111111111111111"
const suspected = "holds what looks like a full card number"

test.each<[string, unknown, unknown]>([
  ["in a text", { name: card }, [{ field: "name", message: suspected }]],
  ["in a list", { labels: ["a", `b ${card}`] }, [{ field: "labels.1", message: suspected }]],
  ["as a number", { store: Number(card) }, [{ field: "store", message: suspected }]],
  ["as a name", { columns: { [card]: "b" } }, [{ field: "columns", message: suspected }]],
  [
    "as a phone number of another country",
    { contactPhone: "+4111111111111111" },
    [{ field: "contactPhone", message: suspected }],
  ],
])("a card number %s is refused", (_name, value, expected) => {
  expect(faultsOf(value, z.looseObject({}))).toEqual(expected)
})

test("a card number is not repeated in the answer", () => {
  expect(() => parse(Schema, { name: "a", [card]: 1 })).toThrow(expect.not.stringContaining(card))
})

test.each<[string, unknown]>([
  ["a telephone number with the check digit of a card", { contactPhone: "+4222222222222" }],
  ["a file's name, which is masked where it is kept", { fileName: `${card}.csv` }],
])("%s is taken", (_name, value) => expect(parse(z.looseObject({}), value)).toEqual(value))

test("a card number that is only searched for is taken", () => {
  expect(parse(z.looseObject({}), { q: card }, { mayBeStored: false })).toEqual({ q: card })
})
