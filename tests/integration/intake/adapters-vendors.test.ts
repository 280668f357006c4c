import { existsSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { rowsOf } from "@/tests/support/ingest"
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
