import { describe, expect, test } from "vitest"
import { z } from "zod"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Contract } from "@/lib/intake/ingest/contract"
import { Transaction } from "@/lib/intake/transactions/schemas"

const at = "2026-11-24T09:30:00+08:00"
const whole = {
  heartbeat: { terminal: "SN1", at },
  transaction: { terminal: "SN1", at, id: "1", outcome: "approved" },
}
const strange = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  1.5,
  90,
  100,
  101,
  180.5,
  1e9,
  -1e9,
  2_147_483_647,
  2_147_483_648,
  2 ** 53 - 1,
  2 ** 53,
  1e308,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  "",
  "a",
  "ok",
  "4g",
  "CNY",
  "cny",
  "621700",
  "1\u0000",
  "\ud800",
  "漢",
  "x".repeat(64),
  "x".repeat(65),
  "2026-02-28",
  "2026-02-30",
  at,
  "2026-11-24T09:30:00",
  "reversed",
  "approved",
  [],
  {},
  [{ kind: "sign_in", at }],
  [{ kind: "sign_in", at, more: 1 }],
  [{ kind: "other", at }],
]

describe.each([
  ["heartbeat", Heartbeat, whole.heartbeat],
  ["transaction", Transaction, whole.transaction],
] as const)(
  "the contract of a %s takes what its schema takes, as its schema takes it",
  (_noun, schema, record) => {
    const contract = new Contract<object>(schema)
    test.each(Object.keys(schema.shape))("in %s", (field) => {
      for (const value of strange) {
        const sent = { ...record, [field]: value }
        const expected = schema.safeParse(sent)
        const read = contract.read(sent)
        expect([value, read.data, read.error?.issues]).toEqual([value, expected.data, expected.error?.issues])
      }
    })

    test.each([
      ["nothing", null],
      ["a list", [record]],
      ["a text", "x"],
      ["no fields", {}],
      ["no time", { ...record, at: undefined }],
    ])("as %s", (_what, sent) => {
      expect(contract.read(sent).error?.issues).toEqual(schema.safeParse(sent).error?.issues)
    })
  },
)

test("what the fields must be together counts", () => {
  const contract = new Contract<object>(Transaction)
  expect(contract.read({ ...whole.transaction, outcome: "reversed" }).success).toBe(false)
  expect(contract.read({ ...whole.transaction, outcome: "reversed", reverses: "0" }).success).toBe(true)
})

test("a schema that changes a value has its way", () => {
  const contract = new Contract<object>(
    z.object({ name: z.string().trim(), even: z.number().multipleOf(2).optional() }),
  )
  expect(contract.read({ name: " a " }).data).toEqual({ name: "a" })
  expect(contract.read({ name: "a", even: 3 }).success).toBe(false)
})
