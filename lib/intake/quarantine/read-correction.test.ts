import { expect, test } from "vitest"
import { AppError } from "@/lib/base/errors"
import { readCorrection } from "@/lib/intake/quarantine/read-correction"

test.each(["", "  \n", "{}", " { } "])("an empty body (%j) replays the stored record", (body) =>
  expect(readCorrection(body)).toBeNull(),
)

test("keeps the record's own text with all digits", () => {
  expect(readCorrection('{\n  "record": {\n "n": 6212345678901234565 }\n}')).toBe(
    '{  "n": 6212345678901234565 }',
  )
})

test.each([
  "[]",
  "42",
  '{"record":[]}',
  '{"record":{}',
  '{"record":{},"also":{}}',
  '{"record":{"a":1},"record":{"b":2}}',
  "not JSON",
])("%s is refused", (body) => expect(() => readCorrection(body)).toThrow(AppError))

test("refuses a record longer than the contract's limit", () => {
  expect(() => readCorrection(JSON.stringify({ record: { x: "字".repeat(22_000) } }))).toThrow("64 KiB")
})
