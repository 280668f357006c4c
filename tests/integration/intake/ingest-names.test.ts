import fc from "fast-check"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { PATCH as patchOrganisation } from "@/app/api/v1/organisation/route"
import { GET as listTerminals } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { inOrganisation } from "@/lib/base/db/transaction"
import { takeTerminals } from "@/lib/fleet/terminals/files/take-terminals"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { addTerminal } from "@/lib/fleet/terminals/life/add-terminal"
import { NewTerminal } from "@/lib/fleet/terminals/life/life-schemas"
import { nameKey } from "@/lib/fleet/terminals/name-key"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import type { TerminalPage } from "@/lib/fleet/terminals/schemas"
import { enrolTerminal } from "@/lib/intake/quarantine/enrol-terminal"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeats, lines, minutesAgo, quarantined, rowsOf } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()

const serialsOf = (orgId: string) =>
  asWorker(async (db) =>
    (
      await db.query<{ serial: string }>(
        sql`select serial from terminal where org_id = ${orgId}::uuid order by id`,
      )
    ).map(({ serial }) => serial),
  )

describe("placeholders for serial numbers", () => {
  test("are refused with their own code and kept, and enrol no terminal", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const body = lines([
      { terminal: "Unknown", at: minutesAgo(5), model: "D1" },
      { terminal: "null", at: minutesAgo(4), model: "D2" },
      { terminal: "000000000000000", at: minutesAgo(3), model: "D3" },
      { terminal: "Default string", at: minutesAgo(2), model: "D4" },
      { terminal: "H21-REAL", at: minutesAgo(1), model: "D5", serial: "N/A", tid: "none" },
    ])
    const answer = await answerOf(await heartbeats({ key: ingestKey, body }))
    expect(answer).toMatchObject({ accepted: 1, rejected: 4 })
    expect(answer.errors.map(({ index, code, field }) => [index, code, field])).toEqual(
      [0, 1, 2, 3].map((index) => [index, "placeholder_serial", "terminal"]),
    )
    expect(answer.errors[0]?.message).toContain('"Unknown"')
    expect(await quarantined(orgId)).toHaveLength(4)
    expect(await serialsOf(orgId)).toEqual(["H21-REAL"])
  })

  test("of an organisation are refused only there, in every way to name a terminal", async () => {
    const org = await givenOrganisation()
    const other = await givenOrganisation()
    const admin = await givenPerson(org.orgId, "admin")
    const changed = await call(patchOrganisation, "/api/v1/organisation", {
      method: "PATCH",
      headers: admin.headers,
      body: JSON.stringify({ placeholderSerials: ["Werkseinstellung"] }),
    })
    expect(changed.status).toBe(200)
    const body = lines([{ terminal: " WERKSEINSTELLUNG", at: minutesAgo(1) }])
    expect(await answerOf(await heartbeats({ key: org.ingestKey, body }))).toMatchObject({
      rejected: 1,
      errors: [{ code: "placeholder_serial" }],
    })
    expect(await answerOf(await heartbeats({ key: other.ingestKey, body }))).toMatchObject({ accepted: 1 })

    const { storeId } = await givenStore(org.orgId)
    const terminal = NewTerminal.parse({ serial: "werkseinstellung", store: storeId })
    await expect(addTerminal({ actor: org.actor, terminal })).rejects.toMatchObject({ code: "invalid" })
    const plans = await inOrganisation(org.actor, (db) =>
      takeTerminals(db, {
        rows: [{ line: 2, entry: { serial: "Werkseinstellung" } }],
        earlier: { lines: new Map(), tidLines: new Map() },
        makesMissing: true,
        dryRun: null,
      }),
    )
    expect(plans).toMatchObject([{ outcome: "refused", refusal: { code: "placeholder_serial" } }])
    await upsertTerminals({
      actor: org.actor,
      entries: [{ serial: "Unknown" }, { serial: "werkseinstellung" }],
    })
    expect(await serialsOf(org.orgId)).toEqual([])
  })
})

test("does not enrol a placeholder from the quarantine that was added to the list later", async () => {
  const org = await givenOrganisation({ enrolUnknown: false })
  await heartbeats({ key: org.ingestKey, body: lines([{ terminal: "Standardname", at: minutesAgo(1) }]) })
  const [kept] = await quarantined(org.orgId)
  expect(kept).toMatchObject({ code: "unknown_terminal" })
  await asWorker((db) =>
    db.query(sql`
      update organisation set placeholder_serials = array['standardname'] where id = ${org.orgId}::uuid`),
  )
  await expect(enrolTerminal({ actor: org.actor, id: kept?.id ?? 0 })).rejects.toMatchObject({
    code: "conflict",
  })
  expect(await serialsOf(org.orgId)).toEqual([])
})

test("a placeholder that is a terminal's serial number or TID is shown with the terminal", async () => {
  const org = await givenOrganisation()
  await givenTerminal(org.orgId, { serial: "Werk-1" })
  await givenTerminal(org.orgId, { serial: "Werk-2", tid: "ＷＥＲＫ" })
  await givenTerminal(org.orgId, { serial: "Werk-3" })
  const admin = await givenPerson(org.orgId, "admin")
  const listed = async () => {
    const answer = await call(listTerminals, "/api/v1/terminals?placeholder=true", { key: org.readKey })
    return ((await answer.json()) as TerminalPage).data.map(({ serial }) => serial)
  }
  expect(await listed()).toEqual([])
  await call(patchOrganisation, "/api/v1/organisation", {
    method: "PATCH",
    headers: admin.headers,
    body: JSON.stringify({ placeholderSerials: [" werk-1", "werk", "other"] }),
  })
  expect(await listed()).toEqual(["Werk-1", "Werk-2"])
})

describe("a serial number in several spellings", () => {
  test("is one terminal with its first spelling; inner blanks and dashes suggest a duplicate", async () => {
    const { orgId, ingestKey, readKey, actor } = await givenOrganisation()
    const body = lines([
      { terminal: "AB-22-77", at: minutesAgo(4), batteryPct: 11 },
      { terminal: "ab-22-77", at: minutesAgo(3), batteryPct: 12 },
      { terminal: "AB-22-77 ", at: minutesAgo(2), batteryPct: 13 },
      { terminal: "ＡＢ－22－77", at: minutesAgo(1), batteryPct: 15 },
      { terminal: "AB2277", at: minutesAgo(1), batteryPct: 14 },
    ])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 5 })
    expect(await serialsOf(orgId)).toEqual(["AB-22-77", "AB2277"])
    const beats = await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")
    const [first, , , , last] = beats.toSorted((a, b) => a.terminal_id - b.terminal_id)
    expect(beats.filter(({ terminal_id: id }) => id === first?.terminal_id)).toHaveLength(4)
    expect(await getTerminal({ actor, terminalId: first?.terminal_id ?? 0 })).toMatchObject({
      serial: "AB-22-77",
      alike: [{ id: last?.terminal_id, serial: "AB2277" }],
    })

    await givenTerminal(orgId, { serial: "AB-22-78" })
    const listed = await call(listTerminals, "/api/v1/terminals?alike=true", { key: readKey })
    const { data } = (await listed.json()) as TerminalPage
    expect(data.map(({ serial }) => serial)).toEqual(["AB-22-77", "AB2277"])
  })

  test("is enrolled once if many requests send it at the same time", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const spellings = ["sn-new-1", "SN-NEW-1", "Sn-New-1", "ＳＮ-NEW-1"]
    await Promise.all(
      spellings.map((terminal, i) =>
        heartbeats({ key: ingestKey, body: lines([{ terminal, at: minutesAgo(i + 1) }]) }),
      ),
    )
    expect((await serialsOf(orgId)).map(nameKey)).toEqual(["sn-new-1"])
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(4)
  })

  test("finds its terminal in files, vendor messages and searches, and so does a TID", async () => {
    const { orgId, actor, ingestKey } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId, { serial: "Sn-File-1", tid: "Tid-7" })
    await upsertTerminals({ actor, entries: [{ serial: "SN-FILE-1", tid: "TID-7", model: "A920" }] })
    const plans = await inOrganisation(actor, (db) =>
      takeTerminals(db, {
        rows: [{ line: 2, entry: { serial: "Sn-File-1", model: "A920" } }],
        earlier: { lines: new Map(), tidLines: new Map() },
        makesMissing: true,
        dryRun: null,
      }),
    )
    expect(plans).toMatchObject([{ outcome: "unchanged" }])
    const { storeId } = await givenStore(orgId)
    for (const terminal of [
      { serial: "sn-file-1", store: storeId },
      { serial: "SN-FILE-2", store: storeId, tid: "tid-7" },
    ])
      await expect(addTerminal({ actor, terminal: NewTerminal.parse(terminal) })).rejects.toMatchObject({
        code: "conflict",
      })
    await heartbeats({ key: ingestKey, body: lines([{ terminal: "tid-7", at: minutesAgo(1) }]) })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ terminal_id: terminalId }])
    expect(await serialsOf(orgId)).toEqual(["Sn-File-1"])
  })

  test("still finds the terminal with the exact spelling if two terminals have it", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId, { serial: "OLD-1" })
    const [old] = await asWorker((db) =>
      db.query<{ id: number }>(
        sql`insert into terminal (org_id, serial, spelling) values (${orgId}::uuid, 'old-1', 1) returning id`,
      ),
    )
    const body = lines(
      ["OLD-1", "old-1", "Old-1"].map((terminal, i) => ({ terminal, at: minutesAgo(9 - i) })),
    )
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 3 })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([
      { terminal_id: terminalId },
      { terminal_id: old?.id },
      { terminal_id: terminalId },
    ])
  })

  // Letters in other forms, which PostgreSQL 15 with its Unicode 14 does not know.
  const sinceUnicode15 = /[\u{1e030}-\u{1e06d}\u{1ccd6}-\u{1ccf9}]/u

  test("is compared in the same way in code and in the database", async () => {
    const name = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
      fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }),
      fc.stringMatching(/^[\u0041-\u005a\uff21-\uff3a\u00c0-\u00ff\u0410-\u042f \u00a0\u3000-]{1,20}$/),
    )
    const names = fc
      .sample(name, { seed: 7, numRuns: 2_000 })
      .map((one) => one.trim())
      .filter((one) => one !== "" && !sinceUnicode15.test(one))
    const { orgId } = await givenOrganisation()
    const rows = await asWorker((db) =>
      db.query<{ serial: string; key: string }>(sql`
        insert into terminal (org_id, serial)
        select ${orgId}::uuid, n.name from unnest(${names}::text[]) as n (name)
        on conflict do nothing
        returning serial, serial_key as key`),
    )
    expect(rows.length).toBeGreaterThan(500)
    expect(rows.filter(({ serial, key }) => nameKey(serial) !== key)).toEqual([])
  })
})
