import { existsSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { POST } from "@/app/api/v1/adapters/[vendor]/route"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"
import { stored } from "@/tests/support/odd-bodies"
import { longPan, spelledNumbers } from "@/tests/support/spelled-numbers"
import { post, inventory, hourAgo } from "@/tests/support/vendor-records"

useDatabase()

const samples = "../shared/data/vendor"

describe.skipIf(!existsSync(samples))(`the vendors' own samples (skipped where ${samples} is absent)`, () => {
  test("Adyen's terminals become inventory with all fields", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answer = await post(
      ingestKey,
      "adyen-management",
      readFileSync(`${samples}/adyen-management-terminals.json`, "utf8"),
    )
    expect(answer).toMatchObject({ rejected: 0, inventoryUpdated: 1, inventoryOnly: [0] })
    expect(answer.ignored).toContain("connectivity.cellular.iccid")
    expect(await inventory(orgId)).toEqual([
      { serial: "000150183300032", model: "AMS1", store: "YOUR_STORE_ID", tid: null },
    ])
  })

  test("PAXSTORE's answers are accepted; those without a terminal need a serial number", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answers = JSON.parse(readFileSync(`${samples}/paxstore.json`, "utf8")) as Record<string, object>
    for (const name of ["searchTerminal", "getTerminal", "getTerminalWithAccessTime"]) {
      expect(await post(ingestKey, "paxstore", JSON.stringify(answers[name]))).toMatchObject({
        rejected: 0,
        inventoryUpdated: 1,
        inventoryOnly: [0],
      })
    }
    expect(await inventory(orgId)).toMatchObject([
      { serial: "TEST8000999", model: "A930", tid: "BTG7KFTY" },
      { serial: "sn0101012225", model: "A920", tid: "FATIAP0T" },
    ])

    const usage = { ...answers["getTerminalSystemUsage"], serialNo: "TEST8000999", lastAccessTime: hourAgo }
    expect(await post(ingestKey, "paxstore", JSON.stringify(usage))).toMatchObject({
      accepted: 1,
      rejected: 0,
      ignored: [],
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([
      { cpu_pct: 1, storage_used_pct: 7.6, memory_used_pct: 65.7 },
    ])

    const bundle = await post(ingestKey, "paxstore", JSON.stringify(answers))
    expect(bundle).toMatchObject({
      rejected: 2,
      inventoryOnly: [0, 1, 2],
      errors: [
        { index: 3, field: "serialNo" },
        { index: 4, field: "serialNo" },
      ],
    })
    expect(await rowsOf(orgId, "quarantine")).toHaveLength(2)
  })
})

describe("a message of a vendor's service instead of a terminal", () => {
  const notification = (poiId: string, event: string) => ({
    SaleToPOIRequest: {
      MessageHeader: { POIID: poiId, MessageType: "Notification", MessageClass: "Event", SaleID: "H" },
      EventNotification: { TimeStamp: new Date(hourAgo).toISOString(), EventToNotify: event },
    },
  })

  test("is no heartbeat and adds no terminal", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const body = [
      notification("S1E-H230001", "Reject"),
      notification("none", "Reject"),
      notification("S1E-H230002", "BeginMaintenance"),
      notification("S1E-none", "BeginMaintenance"),
    ]
    expect(await post(ingestKey, "nexo", body.map((one) => JSON.stringify(one)).join("\n"))).toMatchObject({
      accepted: 1,
      rejected: 1,
      inventoryOnly: [0, 1],
      errors: [{ index: 3, code: "placeholder_serial" }],
    })
    expect((await inventory(orgId)).map(({ serial }) => serial)).toEqual(["H230002"])
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ events: [{ kind: "maintenance_begin" }] }])
  })
})

test("tables of GoInsight become heartbeats of their terminals", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const localTime = new Date(hourAgo + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ")
  const row = (serialNo: string, battery: string) =>
    Object.entries({ serialNo, battery, time: localTime, timezone: "Etc/GMT-8" }).map(([colName, value]) => ({
      colName,
      value,
    }))
  const rows = [row("H47-1", "41.5"), row("H47-2", "9"), row("H47-3", "104")]
  const body = JSON.stringify({ businessCode: 0, data: { worksheetName: "w", columns: [], rows } })
  expect(await post(ingestKey, "paxstore", body)).toMatchObject({
    accepted: 3,
    rejected: 0,
    ignored: ["batteryPct (number above 100)"],
  })
  const at = new Date(Math.floor(hourAgo / 1000) * 1000)
  expect(
    (await rowsOf<{ battery_pct: number | null }>(orgId, "heartbeat")).toSorted(
      (a, b) => (b.battery_pct ?? -1) - (a.battery_pct ?? -1),
    ),
  ).toMatchObject([
    { battery_pct: 41.5, at },
    { battery_pct: 9, at },
    { battery_pct: null, at },
  ])
})

test.each([
  ["paxstore", '{"serialNo":"H48-3","lastAccessTime":17958285330001234,"battery":50}', "lastAccessTime"],
  ["stripe", '{"serial_number":"H48-4","last_seen_at":17958285330001234}', "last_seen_at"],
  [
    "stripe",
    '{"object":"event","id":"e","created":17958285330001,"data":{"object":{"serial_number":"H48-5"}}}',
    "created",
  ],
])("%s: a time that is no valid year rejects its record: %s", async (vendor, body, said) => {
  const { orgId, ingestKey } = await givenOrganisation()
  const answer = await post(ingestKey, vendor, body)
  expect(answer).toMatchObject({ accepted: 0, rejected: 1, errors: [{ index: 0, code: "invalid" }] })
  expect(answer.errors[0]?.message).toContain(said)
  expect(await rowsOf(orgId, "quarantine")).toHaveLength(1)
})

describe.each([
  ["paxstore", "serialNo"],
  ["adyen-management", "serialNumber"],
  ["stripe", "serial_number"],
] as const)("a card number of 19 digits sent to %s as a number", (vendor, name) => {
  test("is refused, and not kept in any spelling", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const records = spelledNumbers.flatMap((number) => [
      `{"${name}":${number}}`,
      `{"${name}":${number},"lastAccessTime":1,"last_seen_at":1}`,
      `{"${name}":"S","lastAccessTime":${number},"lastActivityAt":${number},"last_seen_at":${number}}`,
      `{"${name}":null,"x":{"y":[${number}]},"${number}":1}`,
    ])
    const answer = await post(ingestKey, vendor, `[${records.join()}]`)
    expect(answer).toMatchObject({ accepted: 0, rejected: records.length })
    expect(JSON.stringify(answer)).not.toContain(longPan.slice(6, 12))
    const text = await stored(orgId)
    // The spellings have a point after the first, the fifth or the eighteenth digit.
    expect(text).toContain(longPan.slice(0, 5))
    expect(text).not.toContain(longPan.slice(6, 12))
    expect(await inventory(orgId)).toEqual([])
  })
})

describe("a record that is nested deeply or long", () => {
  const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`
  const long = JSON.stringify("x".repeat(70_000))
  const many = `[${"0,".repeat(49_000)}0]`

  test("is read without its deep parts; one over 64 KiB is refused; the others are accepted", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const reader = (serial: string, more = "") =>
      `{"serial_number":"${serial}","last_seen_at":${hourAgo}${more}}`
    const records = [
      reader("D1", `,"x":${deep}`),
      `{"serial_number":7,"x":${deep}}`,
      reader("D2", `,"x":${long}`),
      reader("D3", `,"x":[${Array(10).fill(many).join()}]`),
      reader("D4"),
    ]
    for (const body of [`[${records.join()}]`, records.join("\n")]) {
      const answer = await post(ingestKey, "stripe", body)
      expect(answer.accepted + answer.duplicates).toBe(2)
      expect(answer).toMatchObject({
        rejected: 3,
        ignored: ["x"],
        errors: [
          { index: 1, field: "serial_number" },
          { index: 2, message: "stripe: is longer than 64 KiB" },
          { index: 3, message: "stripe: is longer than 64 KiB" },
        ],
      })
    }
    const kept = await rowsOf<{ record: string }>(orgId, "quarantine")
    expect(kept.map(({ record }) => record.length).every((length) => length < 300)).toBe(true)
    expect((await inventory(orgId)).map(({ serial }) => serial)).toEqual(["D1", "D4"])
  })
})

test("more than 50,000 records are refused, also in several pages", async () => {
  const { ingestKey } = await givenOrganisation()
  const page = `{"businessCode":0,"data":[${"0,".repeat(29_999)}0]}`
  for (const body of [`{"a":${page},"b":${page}}`, `${page}\n${page}`, `[${"0,".repeat(50_000)}0]`]) {
    const { status } = await call(POST, "/api/v1/adapters/paxstore", {
      key: ingestKey,
      body,
      params: { vendor: "paxstore" },
    })
    expect(status).toBe(413)
  }
})

test("of Stripe's failed actions only payments are sales, with the reason of the failure", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const event = (id: string, type: string, failureCode: string, more: object) =>
    JSON.stringify({
      object: "event",
      id,
      type: "terminal.reader.action_failed",
      created: Math.floor(hourAgo / 1000),
      data: {
        object: {
          object: "terminal.reader",
          serial_number: "H51-1",
          last_seen_at: null,
          action: { status: "failed", type, failure_code: failureCode, ...more },
        },
      },
    })
  const body = [
    event("evt_1", "process_payment_intent", "card_declined", {
      process_payment_intent: { payment_intent: "pi_h51" },
    }),
    event("evt_2", "refund_payment", "charge_already_refunded", { refund_payment: { charge: "ch_h51" } }),
    event("evt_3", "collect_inputs", "reader_busy", { collect_inputs: {} }),
  ].join("\n")
  expect(await post(ingestKey, "stripe", body)).toMatchObject({ accepted: 1, rejected: 0 })
  const [sale, ...others] = await rowsOf<{ response_code_id: number | null }>(orgId, "transaction")
  expect(sale).toMatchObject({ id: "pi_h51", outcome: "declined", code: "card_declined" })
  expect(sale?.response_code_id).not.toBeNull()
  expect(others).toEqual([])
})
