import { Readable } from "node:stream"
import { gzipSync } from "node:zlib"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { ResponseCode } from "@/lib/causes/schemas"
import { uploadCodePack } from "@/lib/causes/upload-code-pack"
import { asOwner } from "@/lib/db/client"
import { ensureHistoryPartitions } from "@/lib/db/partitions"
import { asWorker } from "@/lib/db/transaction"
import { recordHeartbeats } from "@/lib/heartbeats/record-heartbeats"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { answerOf, heartbeats, heartbeatsOnce, lines, minutesAgo, ndjson, quarantined, rowsOf, transactions } from "@/tests/support/ingest"

useDatabase()

const fullHeartbeat = (terminal: string) => ({
  terminal, at: minutesAgo(5), intervalSeconds: 900, uptimeSeconds: 86_400, reboots: 3, batteryPct: 81.5, batteryHealthPct: 92, batteryCycles: 120,
  charging: true, temperatureC: 31.2, networkType: "4g", signalDbm: -71, latencyMs: 84, networkErrors: 12, storageUsedPct: 40, memoryUsedPct: 55,
  cpuPct: 12, printerStatus: "paper_low", printerLines: 90_000, chipReads: 1000, chipFailures: 4, tapReads: 3000, tapFailures: 9, swipeReads: 10,
  swipeFailures: 1, pinpadOk: true, readerOk: true, securityOk: true, hostReachable: true, tamper: false, os: "Android 10", firmware: "3.1.0",
  app: "5.2.1", emvKernel: "4.3k", securityPatch: "2026-08-05", attempts: 4010, approvals: 3900, lat: 31.2, lon: 121.5,
  events: [{ kind: "sign_in", at: minutesAgo(6) }],
})

describe("formats", () => {
  test.each([
    ["NDJSON", ndjson, lines],
    ["a JSON document", "application/json", (records: unknown[]) => JSON.stringify({ heartbeats: records })],
    ["JSON with a charset", "application/json; charset=utf-8", (records: unknown[]) => JSON.stringify({ heartbeats: records })],
  ])("%s with every field, sent twice, is stored once and whole", async (_name, type, format) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const beat = fullHeartbeat(serial)
    expect(await answerOf(await heartbeats({ key: ingestKey, type, body: format([beat]) }))).toEqual({ accepted: 1, duplicates: 0, rejected: 0, errors: [], ignored: [] })
    expect(await answerOf(await heartbeats({ key: ingestKey, type, body: format([beat]) }))).toMatchObject({ accepted: 0, duplicates: 1 })
    const [row, ...others] = await rowsOf<Record<string, unknown>>(orgId, "heartbeat")
    expect(others).toEqual([])
    expect(row).toMatchObject({ battery_pct: 81.5, network_type: "4g", printer_lines: 90_000, tamper: false, emv_kernel: "4.3k", security_patch: "2026-08-05", events: beat.events })
    expect(Object.entries(row ?? {}).filter(([, value]) => value === null)).toEqual([])
  })

  test("CSV has the same names as header; empty cells are absent", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = `terminal,at,id,outcome,code,amountMinor,hostReached\n${serial},${minutesAgo(9)},0042,declined,51,-1250,true\n${serial},${minutesAgo(8)},0043,approved,,,\n`
    expect(await answerOf(await transactions({ key: ingestKey, type: "text/csv", body }))).toMatchObject({ accepted: 2, rejected: 0 })
    expect(await answerOf(await transactions({ key: ingestKey, type: "text/csv", body }))).toMatchObject({ accepted: 0, duplicates: 2 })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([
      { id: "0042", code: "51", amount_minor: -1250, host_reached: true },
      { id: "0043", code: null, amount_minor: null, host_reached: null },
    ])
  })

  test("gzip is accepted", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = gzipSync(lines([{ terminal: serial, at: minutesAgo(1) }, { terminal: serial, at: minutesAgo(2) }]))
    expect(await answerOf(await heartbeats({ key: ingestKey, body, headers: { "content-encoding": "gzip" } }))).toMatchObject({ accepted: 2 })
    expect(await answerOf(await heartbeats({ key: ingestKey, body, headers: { "content-encoding": "gzip" } }))).toMatchObject({ duplicates: 2 })
  })

  test("thousands of records come in whole, in slices, answered once", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = lines(Array.from({ length: 5_001 }, (_, i) => ({ terminal: serial, at: new Date(Date.now() - i * 1_000).toISOString() })))
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 5_001, duplicates: 0, rejected: 0 })
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 0, duplicates: 5_001 })
  })
})

describe("identity", () => {
  test("the same identity with other content is a duplicate, and the first stands", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(3)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, batteryPct: 50 }]) })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, batteryPct: 10 }]) }))).toMatchObject({ duplicates: 1 })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ battery_pct: 50 }])
  })

  test("a record twice in one body counts once", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const sale = { terminal: serial, at: minutesAgo(3), id: "1", outcome: "approved" }
    expect(await answerOf(await transactions({ key: ingestKey, body: lines([sale, sale, { ...sale, id: "2" }]) }))).toMatchObject({ accepted: 2, duplicates: 1 })
    expect(await rowsOf(orgId, "transaction")).toHaveLength(2)
  })

  test("the same instant in another zone is the same heartbeat", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(3)
    const inShanghai = `${new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at }]) })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: inShanghai }]) }))).toMatchObject({ duplicates: 1 })
  })

  test("a corrected clock does not change identity", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(70)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, sentAt: minutesAgo(60) }]) })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at, sentAt: minutesAgo(50) }]) }))).toMatchObject({ duplicates: 1 })
    const [row] = await rowsOf<{ at: Date; clock_offset_ms: number }>(orgId, "heartbeat")
    expect(row?.at.toISOString()).toBe(at)
    expect(row?.clock_offset_ms).toBeGreaterThan(59.9 * 60_000)
  })

  test("a clock that is off by less than two minutes is left alone", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(3), sentAt: minutesAgo(1.9) }]) })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ clock_offset_ms: 0 }])
  })
})

describe("the importer", () => {
  test("alone may bring history; its files come from no terminal's clock, and it is told every error", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = "2024-03-01T08:00:00+08:00"
    await ensureHistoryPartitions([new Date(at)])
    const body = lines([{ terminal: serial, at, sentAt: at }, ...Array.from({ length: 120 }, () => ({}))])
    const send = (isImport: boolean) =>
      recordHeartbeats({ actor, upload: { body: Readable.from([Buffer.from(body)]), contentType: ndjson, contentEncoding: null, isImport } })
    expect((await send(false)).errors[0]).toMatchObject({ index: 0, code: "clock_wrong" })
    expect(await send(true)).toMatchObject({ accepted: 1, rejected: 120, errors: { length: 120 } })
    expect(await send(true)).toMatchObject({ accepted: 0, duplicates: 1 })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ at: new Date(at), clock_offset_ms: 0 }])
  })

  test("may say when a body came in, so that what was kept can be replayed by the clock of then", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const receivedAt = new Date(Date.now() - 3 * 86_400_000)
    const told = (ms: number) => new Date(receivedAt.getTime() + ms).toISOString()
    const body = lines([{ terminal: serial, at: told(-600_000), sentAt: told(-300_000) }])
    await recordHeartbeats({ actor, upload: { body: Readable.from([Buffer.from(body)]), contentType: ndjson, contentEncoding: null, receivedAt } })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ clock_offset_ms: 300_000 }])
  })
})

describe("records that cannot be taken", () => {
  test.each([
    ["no terminal", { at: minutesAgo(1) }, "invalid", "terminal"],
    ["no time", { terminal: "SN" }, "invalid", "at"],
    ["a time without offset", { terminal: "SN", at: "2026-11-24T09:30:00" }, "invalid", "at"],
    ["a word where a number belongs", { terminal: "SN", at: minutesAgo(1), batteryPct: "full" }, "invalid", "batteryPct"],
    ["a battery above 100 %", { terminal: "SN", at: minutesAgo(1), batteryPct: 101 }, "invalid", "batteryPct"],
    ["a counter below zero", { terminal: "SN", at: minutesAgo(1), reboots: -1 }, "invalid", "reboots"],
    ["an unknown printer status", { terminal: "SN", at: minutesAgo(1), printerStatus: "on fire" }, "invalid", "printerStatus"],
    ["NUL in a text", { terminal: "S\0N", at: minutesAgo(1) }, "invalid", "terminal"],
    ["a time six minutes ahead", { terminal: "SN", at: minutesAgo(-6) }, "clock_wrong", "at"],
    ["a time 36 days ago", { terminal: "SN", at: minutesAgo(36 * 1440) }, "too_old", "at"],
    ["the year 1970", { terminal: "SN", at: "1970-01-01T00:00:00Z" }, "too_old", "at"],
    ["the year 9999", { terminal: "SN", at: "9999-01-01T00:00:00Z" }, "clock_wrong", "at"],
    ["a clock ten days off", { terminal: "SN", at: minutesAgo(14400), sentAt: minutesAgo(14400) }, "clock_wrong", "at"],
    ["a number", 42, "invalid", null],
    ["null", null, "invalid", null],
  ])("%s is rejected with its reason, kept, and costs its neighbours nothing", async (_name, bad, code, field) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const answer = await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(1) }, bad, { terminal: serial, at: minutesAgo(2) }]) }))
    expect(answer).toMatchObject({ accepted: 2, rejected: 1, errors: [{ index: 1, code, field }] })
    expect(answer.errors[0]?.message).toBeTruthy()
    expect(await quarantined(orgId)).toMatchObject([{ kind: "heartbeat", code, field, resolved_at: null }])
  })

  test("a broken line of NDJSON is a rejected record", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = `{"terminal": "${serial}", "at"\n${lines([{ terminal: serial, at: minutesAgo(1) }])}`
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 1, rejected: 1, errors: [{ index: 0, code: "invalid" }] })
    expect(await quarantined(orgId)).toMatchObject([{ record: `{"terminal": "${serial}", "at"` }])
  })

  test("a line that is not UTF-8 is a rejected record", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const good = Buffer.from(`\n${lines([{ terminal: serial, at: minutesAgo(1) }])}`)
    const body = Buffer.concat([Buffer.from('{"terminal":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","at":"2026-11-24T00:00:00Z"}'), good])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 1, rejected: 1 })
    expect(await quarantined(orgId)).toHaveLength(1)
  })

  test("the first hundred errors are told, the rest are counted and kept", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answer = await answerOf(await heartbeats({ key: ingestKey, body: lines(Array.from({ length: 150 }, (_, i) => ({ i }))) }))
    expect(answer.rejected).toBe(150)
    expect(answer.errors).toHaveLength(100)
    expect(await quarantined(orgId)).toHaveLength(150)
  })

  test("a reversal must name what it reverses", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const reversal = { terminal: serial, at: minutesAgo(1), id: "2", outcome: "reversed" }
    expect(await answerOf(await transactions({ key: ingestKey, body: lines([reversal, { ...reversal, reverses: "1" }]) }))).toMatchObject({ accepted: 1, errors: [{ index: 0, field: "reverses" }] })
  })

  test("unknown fields are ignored, dropped and named once", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = lines([{ terminal: serial, at: minutesAgo(1), colour: "red" }, { terminal: serial, at: minutesAgo(2), colour: "blue", __proto__x: 1 }])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 2, ignored: ["colour", "__proto__x"] })
  })

  test("unknown fields of events are too", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const event = { kind: "sign_in", at: minutesAgo(2) }
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(1), events: [{ ...event, who: "x" }, { ...event, who: "y" }] }]) }))).toMatchObject({ accepted: 1, ignored: ["events.who"] })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ events: [event, event] }])
  })

  test("errors come in the order of the records, whatever they are", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    const { serial } = await givenTerminal(orgId)
    const body = lines([{ terminal: "X", at: minutesAgo(1) }, {}, { terminal: "Y", at: minutesAgo(1) }, { terminal: serial, at: minutesAgo(-9) }])
    const { errors } = await answerOf(await heartbeats({ key: ingestKey, body }))
    expect(errors.map(({ index, code }) => [index, code])).toEqual([[0, "unknown_terminal"], [1, "invalid"], [2, "unknown_terminal"], [3, "clock_wrong"]])
  })

  test("a value that only PostgreSQL refuses costs its neighbours nothing", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    await asOwner((client) => client.query(`alter table heartbeat add constraint odd_check check (os is distinct from 'odd')`))
    const beats = Array.from({ length: 9 }, (_, i) => ({ terminal: serial, at: minutesAgo(i), ...(i === 4 ? { os: "odd" } : {}) }))
    const answer = await answerOf(await heartbeats({ key: ingestKey, body: lines(beats) }))
    await asOwner((client) => client.query("alter table heartbeat drop constraint odd_check"))
    expect(answer).toMatchObject({ accepted: 8, rejected: 1, errors: [{ index: 4, code: "invalid" }] })
    expect(await quarantined(orgId)).toHaveLength(1)
  })

  test("days without a partition are 503: the time is right, and the worker is behind", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ rawRetentionDays: 400 })
    const { serial } = await givenTerminal(orgId)
    const response = await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(1) }, { terminal: serial, at: minutesAgo(300 * 1440) }]) })
    expect(response.status).toBe(503)
    expect(await rowsOf(orgId, "heartbeat")).toEqual([])
    expect(await rowsOf(orgId, "quarantine")).toEqual([])
  })
})

describe("terminals", () => {
  test("go by serial number or by TID", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial, tid, terminalId } = await givenTerminal(orgId)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(1) }, { terminal: tid, at: minutesAgo(2) }]) })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ terminal_id: terminalId }, { terminal_id: terminalId }])
  })

  test("a record belongs to whoever held the TID at its time", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const before = await givenTerminal(orgId)
    const after = await givenTerminal(orgId)
    await asWorker((db) => db.query(sql`update terminal_tid set to_at = ${minutesAgo(30)}::timestamptz where terminal_id = ${before.terminalId}::bigint`))
    await asWorker((db) => db.query(sql`update terminal_tid set tid = ${before.tid}, from_at = ${minutesAgo(30)}::timestamptz where terminal_id = ${after.terminalId}::bigint`))
    await heartbeats({ key: ingestKey, body: lines([{ terminal: before.tid, at: minutesAgo(40) }, { terminal: before.tid, at: minutesAgo(20) }]) })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ terminal_id: before.terminalId }, { terminal_id: after.terminalId }])
  })

  test("a TID of two acquirers is told apart by the record's acquirer", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [one, two] = [await givenTerminal(orgId, { tid: "77777777" }), await givenTerminal(orgId)]
    await asWorker(async (db) => {
      await db.query(sql`insert into acquirer (org_id, code, name) values (${orgId}::uuid, 'lakala', '拉卡拉'), (${orgId}::uuid, 'ums', '银联商务')`)
      await db.query(sql`update terminal_tid set acquirer_id = (select id from acquirer where org_id = ${orgId}::uuid and code = 'lakala') where terminal_id = ${one.terminalId}::bigint`)
      await db.query(sql`update terminal_tid set tid = '77777777', acquirer_id = (select id from acquirer where org_id = ${orgId}::uuid and code = 'ums') where terminal_id = ${two.terminalId}::bigint`)
    })
    const sale = { terminal: "77777777", at: minutesAgo(5), outcome: "approved" }
    const answer = await answerOf(await transactions({ key: ingestKey, body: lines([{ ...sale, id: "1", acquirer: "ums" }, { ...sale, id: "2" }]) }))
    expect(answer).toMatchObject({ accepted: 1, errors: [{ index: 1, code: "ambiguous_terminal" }] })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([{ id: "1", terminal_id: two.terminalId }])
  })

  test("a TID of an acquirer counts before one that names none", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [plain, named] = [await givenTerminal(orgId, { tid: "88888888" }), await givenTerminal(orgId)]
    await asWorker(async (db) => {
      await db.query(sql`insert into acquirer (org_id, code, name) values (${orgId}::uuid, 'ums', '银联商务')`)
      await db.query(sql`update terminal_tid set tid = '88888888', acquirer_id = (select id from acquirer where org_id = ${orgId}::uuid and code = 'ums') where terminal_id = ${named.terminalId}::bigint`)
    })
    const sale = { terminal: "88888888", at: minutesAgo(5), outcome: "approved" }
    expect(await answerOf(await transactions({ key: ingestKey, body: lines([{ ...sale, id: "1", acquirer: "ums" }, { ...sale, id: "2", acquirer: "lakala" }]) }))).toMatchObject({ accepted: 2 })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([{ id: "1", terminal_id: named.terminalId }, { id: "2", terminal_id: plain.terminalId }])
  })

  test("a record from before anybody held the TID takes none of its holder's later records", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const holder = await givenTerminal(orgId)
    await asWorker((db) => db.query(sql`update terminal_tid set from_at = ${minutesAgo(30)}::timestamptz where terminal_id = ${holder.terminalId}::bigint`))
    await heartbeats({ key: ingestKey, body: lines([{ terminal: holder.tid, at: minutesAgo(40) }]) })
    await heartbeats({ key: ingestKey, body: lines([{ terminal: holder.tid, at: minutesAgo(20) }]) })
    const [early, late] = await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")
    expect(early?.terminal_id).not.toBe(holder.terminalId)
    expect(late?.terminal_id).toBe(holder.terminalId)
  })

  test("an unknown one cannot claim another's serial number as its TID", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const victim = await givenTerminal(orgId)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: "CLAIMS", tid: victim.serial, at: minutesAgo(2) }]) })
    await heartbeats({ key: ingestKey, body: lines([{ terminal: victim.serial, at: minutesAgo(1) }]) })
    expect((await rowsOf<{ terminal_id: number }>(orgId, "heartbeat"))[1]?.terminal_id).toBe(victim.terminalId)
  })

  test("the TID is looked up at the corrected time", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [before, after] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    await asWorker((db) => db.query(sql`update terminal_tid set to_at = ${minutesAgo(30)}::timestamptz where terminal_id = ${before.terminalId}::bigint`))
    await asWorker((db) => db.query(sql`update terminal_tid set tid = ${before.tid}, from_at = ${minutesAgo(30)}::timestamptz where terminal_id = ${after.terminalId}::bigint`))
    // Its clock is an hour slow: what it calls 65 minutes ago was 5 minutes ago.
    await heartbeats({ key: ingestKey, body: lines([{ terminal: before.tid, at: minutesAgo(65), sentAt: minutesAgo(60) }]) })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ terminal_id: after.terminalId }])
  })

  test("an unknown one is enrolled as pending in the unassigned store, with its model", async () => {
    const { orgId, ingestKey, unassignedStoreId } = await givenOrganisation()
    const beats = [{ terminal: "NEW1", at: minutesAgo(1), model: "A920" }, { terminal: "NEW1", at: minutesAgo(2) }]
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines(beats) }))).toMatchObject({ accepted: 2 })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines(beats) }))).toMatchObject({ duplicates: 2 })
    const enrolled = await asWorker((db) => db.query(sql`
      select t.serial, m.name as model, p.store_id, s.status from terminal t
        join terminal_model m on m.id = t.model_id join terminal_store p on p.terminal_id = t.id join terminal_status s on s.terminal_id = t.id
       where t.org_id = ${orgId}::uuid`))
    expect(enrolled).toEqual([{ serial: "NEW1", model: "A920", store_id: unassignedStoreId, status: "pending" }])
  })

  test("an unknown one that names a known store is enrolled there, with its serial number and TID", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { storeId, code } = await givenStore(orgId)
    await heartbeats({ key: ingestKey, body: lines([{ terminal: "10002000", serial: "SN-9", store: code, at: minutesAgo(1) }]) })
    await heartbeats({ key: ingestKey, body: lines([{ terminal: "10002000", at: minutesAgo(2) }, { terminal: "SN-9", at: minutesAgo(3) }]) })
    const terminals = await asWorker((db) => db.query(sql`select t.serial, p.store_id from terminal t join terminal_store p on p.terminal_id = t.id where t.org_id = ${orgId}::uuid`))
    expect(terminals).toEqual([{ serial: "SN-9", store_id: storeId }])
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(3)
  })

  test("two requests at once enrol it once", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const beats = (offset: number) => lines(Array.from({ length: 20 }, (_, i) => ({ terminal: `N${(i + offset) % 20}`, at: minutesAgo(i + offset + 1), model: "A920" })))
    const sends = [0, 3, 7, 13].map((offset) => ({ key: ingestKey, body: beats(offset) }))
    for (const response of await Promise.all([...sends, ...sends].map(heartbeatsOnce))) expect((await answerOf(response)).rejected).toBe(0)
    const enrolled = await asWorker((db) => db.query(sql`
      select count(*) as terminals, count(m.id) as with_model, count(distinct m.id) as models
        from terminal t left join terminal_model m on m.id = t.model_id where t.org_id = ${orgId}::uuid`))
    expect(enrolled).toEqual([{ terminals: 20, with_model: 20, models: 1 }])
  })

  test("an organisation may have unknown ones rejected", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: "NEW1", at: minutesAgo(1) }]) }))).toMatchObject({ errors: [{ code: "unknown_terminal", field: "terminal" }] })
    expect(await quarantined(orgId)).toHaveLength(1)
  })

  test("another organisation's terminal of the same serial number is another terminal", async () => {
    const [one, two] = [await givenOrganisation(), await givenOrganisation()]
    await givenTerminal(one.orgId, { serial: "SAME" })
    await heartbeats({ key: two.ingestKey, body: lines([{ terminal: "SAME", at: minutesAgo(1) }]) })
    expect(await rowsOf(one.orgId, "heartbeat")).toEqual([])
    expect(await rowsOf(two.orgId, "heartbeat")).toHaveLength(1)
  })
})

describe("codes", () => {
  const meaning = (orgId: string) => asWorker((db) => db.query<{ id: string; code_system: string | null; cause: string | null }>(sql`
    select t.id, t.code_system, c.cause from transaction t left join response_code c on c.id = t.response_code_id where t.org_id = ${orgId}::uuid order by t.id`))

  test("mean what the record's code system says, else the acquirer's, else the terminal's, else nothing", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    await asWorker((db) => db.query(sql`insert into acquirer (org_id, code, name, code_system) values (${orgId}::uuid, 'ums', '银联商务', 'ums-mispos')`))
    const [coded, plain] = [await givenTerminal(orgId, { codeSystem: "ums-mispos" }), await givenTerminal(orgId)]
    // A2 is an approval at UnionPay and a reader error at UMS.
    const sale = { at: minutesAgo(1), outcome: "declined", code: "A2" }
    await transactions({ key: ingestKey, body: lines([
      { ...sale, terminal: plain.serial, id: "1", codeSystem: "unionpay", acquirer: "ums" },
      { ...sale, terminal: plain.serial, id: "2", acquirer: "ums" },
      { ...sale, terminal: coded.serial, id: "3" },
      { ...sale, terminal: plain.serial, id: "4" },
    ]) })
    expect(await meaning(orgId)).toEqual([
      { id: "1", code_system: "unionpay", cause: "none" },
      { id: "2", code_system: "ums-mispos", cause: "device" },
      { id: "3", code_system: "ums-mispos", cause: "device" },
      { id: "4", code_system: null, cause: null },
    ])
  })

  test("of an acquirer that two requests bring at once are all its own", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(1)
    const sends = Array.from({ length: 6 }, (_, i) => ({ key: ingestKey, body: lines([{ terminal: serial, at, id: String(i), outcome: "approved", acquirer: "new" }]) }))
    await Promise.all(sends.map(transactions))
    const acquirers = await asWorker((db) => db.query<{ id: number }>(sql`select id from acquirer where org_id = ${orgId}::uuid`))
    expect(acquirers).toHaveLength(1)
    expect((await rowsOf<{ acquirer_id: number }>(orgId, "transaction")).map((row) => row.acquirer_id)).toEqual(sends.map(() => acquirers[0]?.id))
  })

  test("that somebody maps give their rows within raw retention a meaning, and the fold work", async () => {
    const { orgId, ingestKey, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    await transactions({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(1), id: "1", outcome: "declined", codeSystem: "own", code: "E7" }]) })
    expect(await meaning(orgId)).toEqual([{ id: "1", code_system: "own", cause: null }])
    const before = (await rowsOf(orgId, "ingest_batch")).length
    await uploadCodePack({ actor, codeSystem: "own", codes: [ResponseCode.parse({ code: "E7", cause: "device", subcause: "chip_read_error" })] })
    expect(await meaning(orgId)).toEqual([{ id: "1", code_system: "own", cause: "device" }])
    expect(await rowsOf(orgId, "unmapped_code")).toEqual([])
    expect(await rowsOf(orgId, "ingest_batch")).toHaveLength(before + 1)
  })

  test("that no pack knows are accepted and queued with their number", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const sale = { terminal: serial, at: minutesAgo(1), outcome: "declined", codeSystem: "unionpay", code: "ZZZ" }
    const body = lines([{ ...sale, id: "1" }, { ...sale, id: "2" }])
    expect(await answerOf(await transactions({ key: ingestKey, body }))).toMatchObject({ accepted: 2 })
    expect(await answerOf(await transactions({ key: ingestKey, body: lines([{ ...sale, id: "2" }, { ...sale, id: "3" }]) }))).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(await rowsOf(orgId, "unmapped_code")).toMatchObject([{ code_system: "unionpay", code: "ZZZ", seen_count: 3 }])
  })
})

test("every commit leaves a batch for the fold with the bounds of its rows; a replay leaves none", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const [first, last] = [minutesAgo(90), minutesAgo(10)]
  const body = lines([{ terminal: serial, at: last }, { terminal: serial, at: first }])
  await heartbeats({ key: ingestKey, body })
  await heartbeats({ key: ingestKey, body })
  const batches = await rowsOf<{ kind: string; row_count: number; min_at: Date; max_at: Date; folded_at: Date | null }>(orgId, "ingest_batch")
  expect(batches).toMatchObject([{ kind: "heartbeat", row_count: 2, folded_at: null }])
  expect(batches[0]?.min_at.getTime()).toBeLessThanOrEqual(Date.parse(first))
  expect(batches[0]?.max_at.getTime()).toBeGreaterThan(Date.parse(last))
})
