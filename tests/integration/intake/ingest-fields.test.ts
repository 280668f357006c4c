import { describe, expect, test } from "vitest"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import {
  answerOf,
  heartbeats,
  lines,
  minutesAgo,
  ndjson,
  quarantined,
  rowsOf,
  transactions,
} from "@/tests/support/ingest"

useDatabase()

const asDocument = (records: unknown[]) => JSON.stringify({ heartbeats: records })

describe("a bad field does not reject the heartbeat", () => {
  test.each([
    ["NDJSON", ndjson, lines],
    ["JSON", "application/json", asDocument],
  ])("null is absent in %s", async (_name, type, format) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const body = format([
      { terminal: "H09A", at: minutesAgo(3), latencyMs: null, app: "7.1" },
      { terminal: "H09B", at: minutesAgo(2), networkType: null, batteryPct: 33 },
      { terminal: "H09C", at: minutesAgo(1), tid: null, batteryPct: 34, events: [null], sentAt: null },
    ])
    expect(await answerOf(await heartbeats({ key: ingestKey, type, body }))).toEqual({
      accepted: 3,
      duplicates: 0,
      rejected: 0,
      errors: [],
      ignored: [],
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([
      { app: "7.1", latency_ms: null },
      { battery_pct: 33, network_type: null },
      { battery_pct: 34, clock_offset_ms: 0 },
    ])
  })

  test("drops and names impossible measurements, and stores the rest", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const body = lines([
      { terminal: "H12A", at: minutesAgo(6), batteryPct: 104, app: "7.1" },
      { terminal: "H12B", at: minutesAgo(5), batteryPct: 100.01 },
      { terminal: "H52A", at: minutesAgo(4), signalDbm: 88, batteryPct: 50 },
      { terminal: "H52B", at: minutesAgo(3), signalDbm: 31, batteryPct: 51 },
      { terminal: "H52C", at: minutesAgo(2), signalDbm: -71, batteryPct: 52 },
      { terminal: "H52D", at: minutesAgo(1), printerStatus: "on fire", reboots: -1, batteryPct: "full" },
    ])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 6,
      rejected: 0,
      ignored: [
        "batteryPct (number above 100)",
        "signalDbm (number above 0)",
        "reboots (number below 0)",
        "batteryPct (text)",
        "printerStatus (unknown word)",
      ],
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([
      { battery_pct: null, app: "7.1" },
      { battery_pct: null },
      { battery_pct: 50, signal_dbm: null },
      { battery_pct: 51, signal_dbm: null },
      { battery_pct: 52, signal_dbm: -71 },
      { battery_pct: null, printer_status: null, reboots: null },
    ])
    expect(await quarantined(orgId)).toEqual([])
  })

  test("ignores an unreadable time of sending", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const body = lines([{ terminal: "SN-9", at: minutesAgo(1), sentAt: "just now" }])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 1,
      ignored: ["sentAt (text)"],
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ clock_offset_ms: 0 }])
  })
})

test("treats null as absent in a sale, and refuses an unknown word with the known words", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const sale = { terminal: "SN-1", at: minutesAgo(1), outcome: "approved" }
  const body = lines([
    { ...sale, id: "1", code: null, amountMinor: null },
    { ...sale, id: "2", outcome: "aproved" },
  ])
  const answer = await answerOf(await transactions({ key: ingestKey, body }))
  expect(answer).toMatchObject({ accepted: 1, rejected: 1, ignored: [] })
  expect(answer.errors).toEqual([
    {
      index: 1,
      code: "invalid",
      field: "outcome",
      message: '"aproved" is not known here: one of approved, declined, failed, cancelled, reversed',
    },
  ])
  expect(await rowsOf(orgId, "transaction")).toMatchObject([{ id: "1", code: null, amount_minor: null }])
})

test("a long number keeps its digits as an id, in NDJSON as in JSON", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const sale = (terminal: string) =>
    `{"terminal":"${terminal}","at":"${minutesAgo(1)}","id":70123456789012347,"outcome":"approved"}`
  const sent = [
    await transactions({ key: ingestKey, body: sale("H53A") }),
    await transactions({
      key: ingestKey,
      type: "application/json",
      body: `{"transactions":[${sale("H53B")}]}`,
    }),
  ]
  for (const response of sent) expect(await answerOf(response)).toMatchObject({ accepted: 1, rejected: 0 })
  expect(await rowsOf(orgId, "transaction")).toMatchObject([
    { id: "70123456789012347" },
    { id: "70123456789012347" },
  ])
})

test("a long number keeps its digits in CSV too, and is no amount", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const body = [
    "terminal,at,id,outcome,amountMinor",
    `H53C,${minutesAgo(2)},70123456789012347,approved,100`,
    `H53C,${minutesAgo(1)},2,approved,70123456789012347`,
  ].join("\n")
  expect(await answerOf(await transactions({ key: ingestKey, type: "text/csv", body }))).toMatchObject({
    accepted: 1,
    errors: [{ index: 1, code: "invalid", field: "amountMinor" }],
  })
  expect(await rowsOf(orgId, "transaction")).toMatchObject([{ id: "70123456789012347", amount_minor: 100 }])
})

test("refuses a long number in a number field in every format", async () => {
  const { ingestKey } = await givenOrganisation()
  const amount = '"amountMinor":70123456789012347'
  const sale = `{"terminal":"H53","at":"${minutesAgo(1)}","id":"1","outcome":"approved",${amount}}`
  const document = `{"transactions":[${sale}]}`
  const line = await answerOf(await transactions({ key: ingestKey, body: sale }))
  expect(line).toMatchObject({ rejected: 1, errors: [{ code: "invalid", field: "amountMinor" }] })
  expect(
    await answerOf(await transactions({ key: ingestKey, type: "application/json", body: document })),
  ).toEqual(line)
})

test("shows a terminal's last sale and position, with fields that belong together", async () => {
  const { orgId, ingestKey, actor } = await givenOrganisation()
  const { serial, terminalId } = await givenTerminal(orgId)
  const oldest = minutesAgo(300)
  const position = { lat: 31.23, lon: 121.47, positionAccuracyM: 20, coordinates: "gcj02" }
  const body = lines([
    {
      terminal: serial,
      at: minutesAgo(9),
      offlineSales: 5,
      offlineAmountMinor: 9900,
      offlineOldestAt: oldest,
    },
    { terminal: serial, at: minutesAgo(8), ...position, mode: "training", carrier: "CMCC" },
    { terminal: serial, at: minutesAgo(7), offlineSales: 2, batchOpenedAt: oldest },
    { terminal: serial, at: minutesAgo(6), lat: 31.24, lon: 121.48 },
    { terminal: serial, at: minutesAgo(5), mode: "maintenance", appCrashes: 1 },
  ])
  await heartbeats({ key: ingestKey, body })
  await foldAll()
  expect(await getTerminal({ actor, terminalId })).toMatchObject({
    mode: "maintenance",
    batchOpenedAt: oldest,
    measurements: { carrier: "CMCC" },
    offline: { sales: 2, amountMinor: null, currency: null, oldestAt: null },
    position: { lat: 31.24, lon: 121.48, accuracyM: null, coordinates: "wgs84" },
  })
})

test("shows the amount of offline sales in the currency of the terminal's newest sale", async () => {
  const { orgId, ingestKey, actor } = await givenOrganisation()
  const { serial, terminalId } = await givenTerminal(orgId)
  const oldestAt = minutesAgo(300)
  const beat = { terminal: serial, at: minutesAgo(9), offlineSales: 5, offlineAmountMinor: 9900 }
  const sale = { terminal: serial, outcome: "approved" }
  await heartbeats({ key: ingestKey, body: lines([{ ...beat, offlineOldestAt: oldestAt }]) })
  await transactions({
    key: ingestKey,
    body: lines([
      { ...sale, at: minutesAgo(7), id: "1", currency: "EUR" },
      { ...sale, at: minutesAgo(6), id: "2", currency: "JPY" },
      { ...sale, at: minutesAgo(5), id: "3" },
    ]),
  })
  await foldAll()
  expect(await getTerminal({ actor, terminalId })).toMatchObject({
    offline: {
      sales: 5,
      amountMinor: 9900,
      currency: "JPY",
      oldestAt,
      sendBy: new Date(Date.parse(oldestAt) + 24 * 3_600_000).toISOString(),
    },
  })
})
