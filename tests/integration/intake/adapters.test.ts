import { existsSync, readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST } from "@/app/api/v1/adapters/[vendor]/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { VendorAnswer } from "@/lib/intake/adapters/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"

useDatabase()

const post = async (
  key: string,
  vendor: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<VendorAnswer> => {
  const response = await call(POST, `/api/v1/adapters/${vendor}`, {
    key,
    body,
    headers: { "content-type": "application/json", ...headers },
    params: { vendor },
  })
  expect(response.status).toBe(200)
  return (await response.json()) as VendorAnswer
}

const inventory = (orgId: string) =>
  asWorker((db) =>
    db.query<Record<string, unknown>>(sql`
  select t.serial, m.name as model, s.code as store, a.tid
    from terminal t
    left join terminal_model m on m.id = t.model_id
    left join terminal_store p on p.terminal_id = t.id and p.to_at is null
    left join store s on s.id = p.store_id and not s.is_unassigned
    left join terminal_tid a on a.terminal_id = t.id and a.to_at is null
   where t.org_id = ${orgId}::uuid
   order by t.serial`),
  )

const hourAgo = Date.now() - 3_600_000
const reader = {
  object: "terminal.reader",
  id: "tmr_1",
  serial_number: "WSC51",
  device_type: "bbpos_wisepos_e",
  location: "tml_1",
  last_seen_at: hourAgo,
  livemode: true,
}

describe("a vendor's record", () => {
  test("becomes a heartbeat and inventory, and names unused fields; sent again it adds nothing", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    expect(await post(ingestKey, "stripe", JSON.stringify(reader))).toMatchObject({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      inventoryUpdated: 1,
      inventoryOnly: [],
      ignored: ["id", "livemode"],
    })
    expect(await post(ingestKey, "stripe", JSON.stringify(reader))).toMatchObject({
      accepted: 0,
      duplicates: 1,
      rejected: 0,
    })
    expect(await inventory(orgId)).toEqual([
      { serial: "WSC51", model: "bbpos_wisepos_e", store: "tml_1", tid: null },
    ])
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ at: new Date(hourAgo) }])
  })

  test("is accepted in a page, as lines and gzipped", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const readers = [1, 2, 3].map((n) => ({ ...reader, serial_number: `R${n}` }))
    expect(await post(ingestKey, "stripe", JSON.stringify({ object: "list", data: readers }))).toMatchObject({
      accepted: 3,
    })
    expect(
      await post(ingestKey, "stripe", readers.map((one) => JSON.stringify(one)).join("\n"), {
        "content-type": "application/x-ndjson",
      }),
    ).toMatchObject({ duplicates: 3 })
    expect(
      await post(ingestKey, "stripe", gzipSync(JSON.stringify({ data: readers })), {
        "content-encoding": "gzip",
      }),
    ).toMatchObject({ duplicates: 3 })
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(3)
  })

  test("without a time, or with an old one, updates inventory and makes no heartbeat", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { last_seen_at: _seen, ...unseen } = reader
    const answer = await post(
      ingestKey,
      "stripe",
      JSON.stringify({
        data: [unseen, { ...reader, serial_number: "OLD", last_seen_at: Date.parse("2020-01-01") }],
      }),
    )
    expect(answer).toMatchObject({ accepted: 0, rejected: 0, inventoryUpdated: 2, inventoryOnly: [0, 1] })
    expect((await inventory(orgId)).map(({ serial }) => serial)).toEqual(["OLD", "WSC51"])
    expect(await rowsOf(orgId, "heartbeat")).toEqual([])
  })

  test("of the wrong shape is refused with its field and kept; the others are accepted", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answer = await post(
      ingestKey,
      "stripe",
      JSON.stringify({ data: [{ ...reader, serial_number: undefined }, reader] }),
    )
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: 1,
      errors: [
        {
          index: 0,
          code: "invalid",
          field: "serial_number",
          message: expect.stringContaining("serial_number") as string,
        },
      ],
    })
    expect(await rowsOf(orgId, "quarantine")).toMatchObject([
      { code: "invalid", record: expect.stringContaining("tmr_1") as string },
    ])
  })

  test("with characters that PostgreSQL cannot store is refused and kept", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    expect(
      await post(ingestKey, "stripe", JSON.stringify({ ...reader, serial_number: "WSC\0" })),
    ).toMatchObject({ rejected: 1, errors: [{ code: "invalid" }] })
    expect(await rowsOf(orgId, "quarantine")).toHaveLength(1)
  })

  test("with a card number is refused and kept masked", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    expect(
      await post(ingestKey, "stripe", JSON.stringify({ ...reader, device_type: "4111111111111111" })),
    ).toMatchObject({ rejected: 1, errors: [{ code: "pan_suspected" }] })
    expect(JSON.stringify(await rowsOf(orgId, "quarantine"))).not.toContain("4111111111111111")
    expect(await inventory(orgId)).toEqual([])
  })

  test("of an unknown terminal is kept if the organisation does not enrol unknown terminals", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    expect(await post(ingestKey, "stripe", JSON.stringify(reader))).toMatchObject({
      accepted: 0,
      rejected: 1,
      inventoryUpdated: 0,
      errors: [{ code: "unknown_terminal" }],
    })
    expect(await inventory(orgId)).toEqual([])
  })
})

test("refuses a read key, an unknown vendor and invalid JSON", async () => {
  const { readKey, ingestKey } = await givenOrganisation()
  const status = async (key: string, vendor: string, body: string) =>
    (await call(POST, `/api/v1/adapters/${vendor}`, { key, body, params: { vendor } })).status
  expect(await status(readKey, "stripe", "{}")).toBe(403)
  expect(await status(ingestKey, "verifone", "{}")).toBe(422)
  expect(await status(ingestKey, "stripe", "{")).toBe(422)
  expect(await status(ingestKey, "stripe", "")).toBe(422)
})

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
