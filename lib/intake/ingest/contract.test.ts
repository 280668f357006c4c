import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
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

const nothingOf = (record: object) => Object.fromEntries(Object.entries(record).filter(([, v]) => v !== null))

describe.each([
  ["heartbeat", Heartbeat, whole.heartbeat],
  ["transaction", Transaction, whole.transaction],
] as const)(
  "the contract of a %s accepts what its schema accepts, with the same result",
  (_noun, schema, record) => {
    const contract = new Contract<object>(schema)
    test.each(Object.keys(schema.shape))("in %s", (field) => {
      for (const value of strange) {
        const sent = { ...record, [field]: value }
        const expected = schema.safeParse(nothingOf(sent))
        const read = contract.read(sent)
        expect([value, read.success, read.success ? read.data : undefined]).toEqual([
          value,
          expected.success,
          expected.data,
        ])
        const refused = read.success || value === "reversed" ? field : read.field?.split(".")[0]
        expect([value, refused]).toEqual([value, field])
      }
    })

    test.each([
      ["nothing", null],
      ["a list", [record]],
      ["a text", "x"],
      ["no fields", {}],
      ["no time", { ...record, at: undefined }],
    ])("as %s", (_what, sent) => {
      expect(contract.read(sent).success).toBe(false)
    })
  },
)

describe("a heartbeat whose fields do not all fit", () => {
  const contract = heartbeatContract
  const optional = Object.keys(Heartbeat.shape).filter((field) => !["terminal", "at"].includes(field))

  test("is stored without them", () => {
    const strangeFields = fc.dictionary(
      fc.constantFrom(...optional),
      fc.oneof(fc.jsonValue(), fc.constantFrom(...strange)),
    )
    fc.assert(
      fc.property(strangeFields, (fields) => {
        const read = contract.read({ ...fields, ...whole.heartbeat })
        if (!read.success) throw new Error(read.message)
        expect(Heartbeat.safeParse(read.data).success).toBe(true)
        expect(read.data).toMatchObject(whole.heartbeat)
        const named = new Set(read.leftOut.map((name) => name.split(/[ .]/)[0]))
        // null means absent. Of a list of events, some may be stored and some reported.
        const sent = Object.keys(fields).filter((field) => fields[field] !== null && field !== "events")
        expect(sent.filter((field) => Object.hasOwn(read.data, field) === named.has(field))).toEqual([])
      }),
    )
  })

  test.each([
    ["batteryPct", 104, "batteryPct (number above 100)"],
    ["batteryPct", -1, "batteryPct (number below 0)"],
    ["batteryPct", "81", "batteryPct (text)"],
    ["signalDbm", 88, "signalDbm (number above 0)"],
    ["signalDbm", -151, "signalDbm (number below -150)"],
    ["temperatureC", 3000, "temperatureC (number above 150)"],
    ["reboots", 1.5, "reboots (number with decimals)"],
    ["networkType", "6g", "networkType (unknown word)"],
    ["app", "x".repeat(65), "app (text over 64 characters)"],
    ["charging", 1, "charging (number)"],
    ["tamper", {}, "tamper (object)"],
    ["events", [{ kind: "sneeze", at }], "events.kind (unknown word)"],
    ["events", ["sign_in"], "events (text)"],
  ])("%s of %j is reported as %s", (field, value, name) => {
    expect(contract.read({ ...whole.heartbeat, [field]: value })).toMatchObject({
      success: true,
      leftOut: [name],
    })
  })

  test("keeps the events that fit", () => {
    const events = [{ kind: "sneeze", at }, { kind: "sign_in", at }, null, { kind: "tamper", at: null }]
    expect(contract.read({ ...whole.heartbeat, events })).toEqual({
      success: true,
      data: { ...whole.heartbeat, events: [{ kind: "sign_in", at }] },
      leftOut: ["events.kind (unknown word)", "events.at (missing)"],
      mayHaveMore: true,
    })
  })

  test.each([
    ["terminal", null, "is missing"],
    ["terminal", "   ", '"   " is too short'],
    ["terminal", 12, "12 is not text"],
    ["at", "yesterday", '"yesterday": a time with an offset, such as 2026-11-24T09:30:00+08:00'],
  ])("is rejected only for %s: %j", (field, value, message) => {
    expect(contract.read({ ...whole.heartbeat, batteryPct: 104, [field]: value })).toEqual({
      success: false,
      field,
      message,
    })
  })
})

test("a rejection names the value and the known words", () => {
  const contract = new Contract<object>(Transaction)
  expect(contract.read({ ...whole.transaction, outcome: "aproved" })).toEqual({
    success: false,
    field: "outcome",
    message: '"aproved" is not known here: one of approved, declined, failed, cancelled, reversed',
  })
})

test("checks rules across several fields", () => {
  const contract = new Contract<object>(Transaction)
  expect(contract.read({ ...whole.transaction, outcome: "reversed" }).success).toBe(false)
  expect(contract.read({ ...whole.transaction, outcome: "reversed", reverses: "0" }).success).toBe(true)
})

test("keeps the value that a schema transforms", () => {
  const contract = new Contract<object>(
    z.object({ name: z.string().trim(), even: z.number().multipleOf(2).optional() }),
  )
  expect(contract.read({ name: " a " })).toMatchObject({ data: { name: "a" } })
  expect(contract.read({ name: "a", even: 3 }).success).toBe(false)
})
