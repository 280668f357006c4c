import { expect, test } from "vitest"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { parse } from "@/lib/base/http/parse"

const Schema = z.strictObject({
  name: z.string().max(5),
  labels: z.array(z.string()).optional(),
  columns: z.record(z.string(), z.string()).optional(),
})

function faultsOf(value: unknown): unknown {
  try {
    return parse(Schema, value)
  } catch (error) {
    return error instanceof AppError ? error.detail["errors"] : error
  }
}
const unstorable = "holds characters that cannot be stored"

test.each<[string, unknown, unknown]>([
  ["is given back as the schema has it", { name: "a" }, { name: "a" }],
  ["may hold an emoji", { name: "🧾" }, { name: "🧾" }],
  ["holds no NUL", { name: "a\0" }, [{ field: "name", message: unstorable }]],
  [
    "holds no half of a pair, however deep",
    { name: "a", labels: ["b", "\ud83e"] },
    [{ field: "labels.1", message: unstorable }],
  ],
  [
    "has no such name in it",
    { name: "a", columns: { "\0": "b" } },
    [{ field: "columns", message: unstorable }],
  ],
  ["is told one fault a field", { name: "\0too long" }, [{ field: "name", message: unstorable }]],
])("what a request gives %s", (_name, value, expected) => {
  expect(faultsOf(value)).toEqual(expected)
})

test("every fault is told at once", () => {
  expect(faultsOf({ name: "too long", labels: ["\0"] })).toMatchObject([
    { field: "labels.0" },
    { field: "name" },
  ])
})
