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
