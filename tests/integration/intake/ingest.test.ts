import { Readable } from "node:stream"
import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { ensureHistoryPartitions } from "@/lib/base/db/partitions"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { answerOf, heartbeats, lines, minutesAgo, ndjson, rowsOf, transactions } from "@/tests/support/ingest"

useDatabase()

const fullHeartbeat = (terminal: string) => ({
  terminal,
  at: minutesAgo(5),
  intervalSeconds: 900,
  uptimeSeconds: 86_400,
  reboots: 3,
  batteryPct: 81.5,
  batteryHealthPct: 92,
  sentAt: new Date().toISOString(),
  batteryCycles: 120,
  charging: true,
  temperatureC: 31.2,
  networkType: "4g",
  signalDbm: -71,
  latencyMs: 84,
  networkErrors: 12,
  storageUsedPct: 40,
  memoryUsedPct: 55,
  cpuPct: 12,
  printerStatus: "paper_low",
  printerLines: 90_000,
  chipReads: 1000,
  chipFailures: 4,
  tapReads: 3000,
  tapFailures: 9,
  swipeReads: 10,
  swipeFailures: 1,
  pinpadOk: true,
  readerOk: true,
  securityOk: true,
  hostReachable: true,
  tamper: false,
  os: "Android 10",
  firmware: "3.1.0",
  app: "5.2.1",
  emvKernel: "4.3k",
  securityPatch: "2026-08-05",
  attempts: 4010,
  approvals: 3900,
  lat: 31.2,
  lon: 121.5,
  positionAccuracyM: 12,
  coordinates: "gcj02",
  carrier: "China Mobile",
  mode: "maintenance",
  appCrashes: 2,
  offlineSales: 3,
  offlineAmountMinor: 12_900,
  offlineOldestAt: minutesAgo(300),
  batchOpenedAt: minutesAgo(600),
  events: [{ kind: "sign_in", at: minutesAgo(6) }],
})

describe("formats", () => {
  test.each([
    ["NDJSON", ndjson, lines],
    ["a JSON document", "application/json", (records: unknown[]) => JSON.stringify({ heartbeats: records })],
    [
      "JSON with a charset",
      "application/json; charset=utf-8",
      (records: unknown[]) => JSON.stringify({ heartbeats: records }),
    ],
  ])("%s with every field, sent twice, is stored once and whole", async (_name, type, format) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const beat = fullHeartbeat(serial)
    expect(await answerOf(await heartbeats({ key: ingestKey, type, body: format([beat]) }))).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      errors: [],
      ignored: [],
    })
    expect(await answerOf(await heartbeats({ key: ingestKey, type, body: format([beat]) }))).toMatchObject({
      accepted: 0,
      duplicates: 1,
    })
    const [row, ...others] = await rowsOf<Record<string, unknown>>(orgId, "heartbeat")
    expect(others).toEqual([])
    expect(row).toMatchObject({
      battery_pct: 81.5,
      network_type: "4g",
      printer_lines: 90_000,
      tamper: false,
      emv_kernel: "4.3k",
      security_patch: "2026-08-05",
      events: beat.events,
    })
    expect(Object.entries(row ?? {}).filter(([, value]) => value === null)).toEqual([])
  })

  test("reads CSV with the field names as header, and treats empty cells as absent", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = [
      "terminal,at,id,outcome,code,amountMinor,hostReached",
      `${serial},${minutesAgo(9)},0042,declined,51,-1250,true`,
      `${serial},${minutesAgo(8)},0043,approved,,,`,
      "",
    ].join("\n")
    expect(await answerOf(await transactions({ key: ingestKey, type: "text/csv", body }))).toMatchObject({
      accepted: 2,
      rejected: 0,
    })
    expect(await answerOf(await transactions({ key: ingestKey, type: "text/csv", body }))).toMatchObject({
      accepted: 0,
      duplicates: 2,
    })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([
      { id: "0042", code: "51", amount_minor: -1250, host_reached: true },
      { id: "0043", code: null, amount_minor: null, host_reached: null },
    ])
  })

  test("accepts gzip", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = gzipSync(
      lines([
        { terminal: serial, at: minutesAgo(1) },
        { terminal: serial, at: minutesAgo(2) },
      ]),
    )
    expect(
      await answerOf(await heartbeats({ key: ingestKey, body, headers: { "content-encoding": "gzip" } })),
    ).toMatchObject({ accepted: 2 })
    expect(
      await answerOf(await heartbeats({ key: ingestKey, body, headers: { "content-encoding": "gzip" } })),
    ).toMatchObject({ duplicates: 2 })
  })

  test("stores thousands of records in slices with one answer", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = lines(
      Array.from({ length: 5_001 }, (_, i) => ({
        terminal: serial,
        at: new Date(Date.now() - i * 1_000).toISOString(),
      })),
    )
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 5_001,
      duplicates: 0,
      rejected: 0,
    })
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 0,
      duplicates: 5_001,
    })
  })
})

describe("identity", () => {
  test("treats the same identity with other content as a duplicate and keeps the first", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(3)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, batteryPct: 50 }]) })
    expect(
      await answerOf(
        await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, batteryPct: 10 }]) }),
      ),
    ).toMatchObject({ duplicates: 1 })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ battery_pct: 50 }])
  })

  test("counts a record once that is in the body twice", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const sale = { terminal: serial, at: minutesAgo(3), id: "1", outcome: "approved" }
    expect(
      await answerOf(await transactions({ key: ingestKey, body: lines([sale, sale, { ...sale, id: "2" }]) })),
    ).toMatchObject({ accepted: 2, duplicates: 1 })
    expect(await rowsOf(orgId, "transaction")).toHaveLength(2)
  })

  test("treats the same instant in another zone as the same heartbeat", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(3)
    const inShanghai = `${new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at }]) })
    expect(
      await answerOf(
        await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: inShanghai }]) }),
      ),
    ).toMatchObject({ duplicates: 1 })
  })

  test("keeps the identity when a clock is corrected", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(70)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, sentAt: minutesAgo(60) }]) })
    expect(
      await answerOf(
        await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, sentAt: minutesAgo(50) }]) }),
      ),
    ).toMatchObject({ duplicates: 1 })
    const [row] = await rowsOf<{ at: Date; clock_offset_ms: number }>(orgId, "heartbeat")
    expect(row?.at.toISOString()).toBe(at)
    expect(row?.clock_offset_ms).toBeGreaterThan(59.9 * 60_000)
  })

  test("does not correct a clock that is off by less than two minutes", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    await heartbeats({
      key: ingestKey,
      body: lines([{ terminal: serial, at: minutesAgo(3), sentAt: minutesAgo(1.9) }]),
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ clock_offset_ms: 0 }])
  })
})

describe("the importer", () => {
  test("may send history, without clock correction, and receives every error", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = "2024-03-01T08:00:00+08:00"
    await ensureHistoryPartitions([new Date(at)])
    const body = lines([{ terminal: serial, at, sentAt: at }, ...Array.from({ length: 120 }, () => ({}))])
    const send = (isImport: boolean) =>
      recordHeartbeats({
        actor,
        upload: {
          body: Readable.from([Buffer.from(body)]),
          contentType: ndjson,
          contentEncoding: null,
          isImport,
        },
      })
    expect((await send(false)).errors[0]).toMatchObject({ index: 0, code: "clock_wrong" })
    expect(await send(true)).toMatchObject({ accepted: 1, rejected: 120, errors: { length: 120 } })
    expect(await send(true)).toMatchObject({ accepted: 0, duplicates: 1 })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ at: new Date(at), clock_offset_ms: 0 }])
  })

  test("may give the arrival time of a body, so that stored bodies can be replayed", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const receivedAt = new Date(Date.now() - 3 * 86_400_000)
    const told = (ms: number) => new Date(receivedAt.getTime() + ms).toISOString()
    const body = lines([{ terminal: serial, at: told(-600_000), sentAt: told(-300_000) }])
    await recordHeartbeats({
      actor,
      upload: {
        body: Readable.from([Buffer.from(body)]),
        contentType: ndjson,
        contentEncoding: null,
        receivedAt,
      },
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ clock_offset_ms: 300_000 }])
  })
})

test("each commit adds a batch for the fold with the bounds of its rows; a replay adds none", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const [first, last] = [minutesAgo(90), minutesAgo(10)]
  const body = lines([
    { terminal: serial, at: last },
    { terminal: serial, at: first },
  ])
  await heartbeats({ key: ingestKey, body })
  await heartbeats({ key: ingestKey, body })
  const batches = await rowsOf<{
    kind: string
    row_count: number
    min_at: Date
    max_at: Date
    folded_at: Date | null
  }>(orgId, "ingest_batch")
  expect(batches).toMatchObject([{ kind: "heartbeat", row_count: 2, folded_at: null }])
  expect(batches[0]?.min_at.getTime()).toBeLessThanOrEqual(Date.parse(first))
  expect(batches[0]?.max_at.getTime()).toBeGreaterThan(Date.parse(last))
})
