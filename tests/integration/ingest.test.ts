import { gzipSync } from "node:zlib"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as postTransactions } from "@/app/api/v1/transactions/route"
import { asWorker } from "@/lib/db/transaction"
import type { IngestAnswer } from "@/lib/ingest/answer"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

useDatabase()

const ndjson = "application/x-ndjson"
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const lines = (records: unknown[]) => records.map((record) => JSON.stringify(record)).join("\n")
const answerOf = async (response: Response): Promise<IngestAnswer> => {
  expect(response.status).toBe(200)
  return (await response.json()) as IngestAnswer
}

type Send = { key: string; body: BodyInit; type?: string; headers?: Record<string, string> }
const heartbeats = ({ key, body, type = ndjson, headers = {} }: Send) =>
  call(postHeartbeats, "/api/v1/heartbeats", { key, body, headers: { "content-type": type, ...headers } })
const transactions = ({ key, body, type = ndjson, headers = {} }: Send) =>
  call(postTransactions, "/api/v1/transactions", { key, body, headers: { "content-type": type, ...headers } })

const rowsOf = <Row>(orgId: string, table: "heartbeat" | "transaction" | "quarantine" | "ingest_batch" | "unmapped_code") =>
  asWorker((db) => {
    const statements = {
      heartbeat: sql`select * from heartbeat where org_id = ${orgId}::uuid order by at`,
      transaction: sql`select * from transaction where org_id = ${orgId}::uuid order by at, id`,
      quarantine: sql`select * from quarantine where org_id = ${orgId}::uuid order by id`,
      ingest_batch: sql`select * from ingest_batch where org_id = ${orgId}::uuid order by id`,
      unmapped_code: sql`select * from unmapped_code where org_id = ${orgId}::uuid order by code`,
    }
    return db.query<Row>(statements[table])
  })

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
    expect(await rowsOf(orgId, "quarantine")).toMatchObject([{ kind: "heartbeat", code, field, resolved_at: null }])
  })

  test("a broken line of NDJSON is a rejected record", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = `{"terminal": "${serial}", "at"\n${lines([{ terminal: serial, at: minutesAgo(1) }])}`
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 1, rejected: 1, errors: [{ index: 0, code: "invalid" }] })
    expect(await rowsOf(orgId, "quarantine")).toMatchObject([{ record: `{"terminal": "${serial}", "at"` }])
  })

  test("a line that is not UTF-8 is a rejected record", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const good = Buffer.from(`\n${lines([{ terminal: serial, at: minutesAgo(1) }])}`)
    const body = Buffer.concat([Buffer.from('{"terminal":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","at":"2026-11-24T00:00:00Z"}'), good])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 1, rejected: 1 })
    expect(await rowsOf(orgId, "quarantine")).toHaveLength(1)
  })

  test("the first hundred errors are told, the rest are counted and kept", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answer = await answerOf(await heartbeats({ key: ingestKey, body: lines(Array.from({ length: 150 }, () => ({}))) }))
    expect(answer.rejected).toBe(150)
    expect(answer.errors).toHaveLength(100)
    expect(await rowsOf(orgId, "quarantine")).toHaveLength(150)
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
})

describe("a PAN never enters", () => {
  const pan = "4111111111111111"
  test.each([
    ["in a text", (terminal: string) => JSON.stringify({ terminal, at: minutesAgo(1), id: "1", outcome: "approved", cardRef: pan })],
    ["in groups", (terminal: string) => JSON.stringify({ terminal, at: minutesAgo(1), id: "4111 1111 1111 1111", outcome: "approved" })],
    ["as a number", (terminal: string) => `{"terminal":"${terminal}","at":"${minutesAgo(1)}","id":"1","outcome":"approved","amountMinor":${pan}}`],
    ["in an unknown field", (terminal: string) => JSON.stringify({ terminal, at: minutesAgo(1), id: "1", outcome: "approved", note: { deep: [pan] } })],
    ["as a field's name", (terminal: string) => JSON.stringify({ terminal, at: minutesAgo(1), id: "1", outcome: "approved", [pan]: 1 })],
    ["with escapes", (terminal: string) => `{"terminal":"${terminal}","at":"${minutesAgo(1)}","id":"\\u0034111111111111111","outcome":"approved"}`],
    ["in broken JSON", (terminal: string) => `{"terminal":"${terminal}","cardRef":"${pan}`],
    ["beside another fault", () => JSON.stringify({ cardRef: pan })],
  ])("%s: refused, and kept only masked", async (_name, record) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const answer = await answerOf(await transactions({ key: ingestKey, body: record(serial) }))
    expect(answer).toMatchObject({ accepted: 0, rejected: 1, errors: [{ code: "pan_suspected" }] })
    expect(JSON.stringify(answer)).not.toContain(pan)
    const stored = JSON.stringify([await rowsOf(orgId, "quarantine"), await rowsOf(orgId, "transaction"), await rowsOf(orgId, "unmapped_code")])
    expect(stored.replaceAll(/[ -]/g, "")).not.toContain(pan)
    expect(stored).not.toContain("u0034111111111111111")
    expect(stored).toContain("1111")
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
    const beats = (offset: number) => lines(Array.from({ length: 20 }, (_, i) => ({ terminal: `N${(i + offset) % 20}`, at: minutesAgo(i + offset + 1) })))
    const answers = await Promise.all([0, 7, 13].map((offset) => heartbeats({ key: ingestKey, body: beats(offset) })))
    for (const response of answers) expect((await answerOf(response)).rejected).toBe(0)
    const [{ count } = { count: 0 }] = await asWorker((db) => db.query<{ count: number }>(sql`select count(*) as count from terminal where org_id = ${orgId}::uuid`))
    expect(count).toBe(20)
  })

  test("an organisation may have unknown ones rejected", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([{ terminal: "NEW1", at: minutesAgo(1) }]) }))).toMatchObject({ errors: [{ code: "unknown_terminal", field: "terminal" }] })
    expect(await rowsOf(orgId, "quarantine")).toHaveLength(1)
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

  test("that no pack knows are accepted and queued with their number", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const sale = { terminal: serial, at: minutesAgo(1), outcome: "declined", codeSystem: "unionpay", code: "ZZZ" }
    const body = lines([{ ...sale, id: "1" }, { ...sale, id: "2" }])
    expect(await answerOf(await transactions({ key: ingestKey, body }))).toMatchObject({ accepted: 2 })
    await transactions({ key: ingestKey, body })
    expect(await rowsOf(orgId, "unmapped_code")).toMatchObject([{ code_system: "unionpay", code: "ZZZ", seen_count: 2 }])
  })
})

describe("the envelope", () => {
  const problemOf = async (response: Response) => ({ ...((await response.json()) as object), status: response.status, media: response.headers.get("content-type") })

  test.each([
    ["no key", undefined, 401],
    ["an unknown key", "tw_nobody", 401],
  ])("%s is answered with problem details", async (_name, key, status) => {
    const response = await call(postHeartbeats, "/api/v1/heartbeats", { ...(key ? { key } : {}), body: "{}", headers: { "content-type": ndjson } })
    expect(response.headers.get("www-authenticate")).toContain("Bearer")
    expect(await problemOf(response)).toMatchObject({ status, media: "application/problem+json", title: expect.any(String) as string })
  })

  test("a key without the scope ingest is 403", async () => {
    const { readKey } = await givenOrganisation()
    expect(await problemOf(await heartbeats({ key: readKey, body: "{}" }))).toMatchObject({ status: 403 })
  })

  test.each([
    ["another content type", { type: "application/xml", body: "<a/>" }, 415],
    ["an unknown encoding", { body: "{}", headers: { "content-encoding": "br" } }, 415],
    ["an empty body", { body: "" }, 422],
    ["half a gzip", { body: gzipSync("{}").subarray(0, 12), headers: { "content-encoding": "gzip" } }, 422],
    ["no gzip at all", { body: "{}", headers: { "content-encoding": "gzip" } }, 422],
    ["a broken JSON document", { type: "application/json", body: '{"heartbeats": [{"terminal": ' }, 422],
    ["a document without the member", { type: "application/json", body: '{"beats": []}' }, 422],
    ["a CSV without the required names", { type: "text/csv", body: "a,b\n1,2" }, 422],
    ["a body over 16 MiB", { body: Buffer.alloc(16 * 1024 * 1024 + 1, " ") }, 413],
    ["a small gzip of more than 16 MiB", { body: gzipSync(Buffer.alloc(17 * 1024 * 1024, " ")), headers: { "content-encoding": "gzip" } }, 413],
    ["more than 50,000 records", { body: "{}\n".repeat(50_001) }, 413],
  ])("%s", async (_name, { headers, ...send }: Omit<Send, "key">, status) => {
    const { ingestKey } = await givenOrganisation()
    const problem = await problemOf(await heartbeats({ key: ingestKey, ...send, ...(headers ? { headers } : {}) }))
    expect(problem).toMatchObject({ status, media: "application/problem+json" })
  })

  test("what was stored before a body broke is told, and sending all again is safe", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const records = Array.from({ length: 2_500 }, (_, i) => ({ terminal: serial, at: new Date(Date.now() - i * 1_000).toISOString() }))
    const whole = JSON.stringify({ heartbeats: records })
    const broken = await heartbeats({ key: ingestKey, type: "application/json", body: whole.slice(0, -50) })
    expect(await problemOf(broken)).toMatchObject({ status: 422, stored: { accepted: 2_000, duplicates: 0, rejected: 0 } })
    expect(await answerOf(await heartbeats({ key: ingestKey, type: "application/json", body: whole }))).toMatchObject({ accepted: 500, duplicates: 2_000 })
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
