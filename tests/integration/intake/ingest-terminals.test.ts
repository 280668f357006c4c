import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import {
  answerOf,
  heartbeats,
  heartbeatsOnce,
  lines,
  minutesAgo,
  quarantined,
  rowsOf,
  transactions,
} from "@/tests/support/ingest"

useDatabase()

describe("terminals", () => {
  test("are found by serial number or by TID", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial, tid, terminalId } = await givenTerminal(orgId)
    await heartbeats({
      key: ingestKey,
      body: lines([
        { terminal: serial, at: minutesAgo(1) },
        { terminal: tid, at: minutesAgo(2) },
      ]),
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([
      { terminal_id: terminalId },
      { terminal_id: terminalId },
    ])
  })

  test("a record belongs to the terminal that had the TID at its time", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const before = await givenTerminal(orgId)
    const after = await givenTerminal(orgId)
    await asWorker((db) =>
      db.query(
        sql`
          update terminal_tid set to_at = ${minutesAgo(30)}::timestamptz
          where terminal_id = ${before.terminalId}::bigint`,
      ),
    )
    await asWorker((db) =>
      db.query(
        sql`
          update terminal_tid set tid = ${before.tid}, from_at = ${minutesAgo(30)}::timestamptz
          where terminal_id = ${after.terminalId}::bigint`,
      ),
    )
    await heartbeats({
      key: ingestKey,
      body: lines([
        { terminal: before.tid, at: minutesAgo(40) },
        { terminal: before.tid, at: minutesAgo(20) },
      ]),
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([
      { terminal_id: before.terminalId },
      { terminal_id: after.terminalId },
    ])
  })

  test("a TID of two acquirers is resolved by the record's acquirer", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [one, two] = [await givenTerminal(orgId, { tid: "77777777" }), await givenTerminal(orgId)]
    await asWorker(async (db) => {
      await db.query(
        sql`
          insert into acquirer (org_id, code, name)
          values (${orgId}::uuid, 'lakala', '拉卡拉'), (${orgId}::uuid, 'ums', '银联商务')`,
      )
      await db.query(
        sql`
          update terminal_tid
          set acquirer_id = (select id from acquirer where org_id = ${orgId}::uuid and code = 'lakala')
          where terminal_id = ${one.terminalId}::bigint`,
      )
      await db.query(
        sql`
          update terminal_tid
          set tid = '77777777',
              acquirer_id = (select id from acquirer where org_id = ${orgId}::uuid and code = 'ums')
                where terminal_id = ${two.terminalId}::bigint`,
      )
    })
    const sale = { terminal: "77777777", at: minutesAgo(5), outcome: "approved" }
    const answer = await answerOf(
      await transactions({
        key: ingestKey,
        body: lines([
          { ...sale, id: "1", acquirer: "ums" },
          { ...sale, id: "2" },
        ]),
      }),
    )
    expect(answer).toMatchObject({ accepted: 1, errors: [{ index: 1, code: "ambiguous_terminal" }] })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([{ id: "1", terminal_id: two.terminalId }])
  })

  test("a TID of the acquirer is preferred to one without an acquirer", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [plain, named] = [await givenTerminal(orgId, { tid: "88888888" }), await givenTerminal(orgId)]
    await asWorker(async (db) => {
      await db.query(
        sql`insert into acquirer (org_id, code, name) values (${orgId}::uuid, 'ums', '银联商务')`,
      )
      await db.query(
        sql`
          update terminal_tid
          set tid = '88888888',
              acquirer_id = (select id from acquirer where org_id = ${orgId}::uuid and code = 'ums')
                where terminal_id = ${named.terminalId}::bigint`,
      )
    })
    const sale = { terminal: "88888888", at: minutesAgo(5), outcome: "approved" }
    expect(
      await answerOf(
        await transactions({
          key: ingestKey,
          body: lines([
            { ...sale, id: "1", acquirer: "ums" },
            { ...sale, id: "2", acquirer: "lakala" },
          ]),
        }),
      ),
    ).toMatchObject({ accepted: 2 })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([
      { id: "1", terminal_id: named.terminalId },
      { id: "2", terminal_id: plain.terminalId },
    ])
  })

  test("a record from before the TID's first assignment does not change later assignments", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const holder = await givenTerminal(orgId)
    await asWorker((db) =>
      db.query(
        sql`
          update terminal_tid set from_at = ${minutesAgo(30)}::timestamptz
          where terminal_id = ${holder.terminalId}::bigint`,
      ),
    )
    await heartbeats({ key: ingestKey, body: lines([{ terminal: holder.tid, at: minutesAgo(40) }]) })
    await heartbeats({ key: ingestKey, body: lines([{ terminal: holder.tid, at: minutesAgo(20) }]) })
    const [early, late] = await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")
    expect(early?.terminal_id).not.toBe(holder.terminalId)
    expect(late?.terminal_id).toBe(holder.terminalId)
  })

  test("an unknown terminal cannot use another's serial number as its TID", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const victim = await givenTerminal(orgId)
    await heartbeats({
      key: ingestKey,
      body: lines([{ terminal: "CLAIMS", tid: victim.serial, at: minutesAgo(2) }]),
    })
    await heartbeats({ key: ingestKey, body: lines([{ terminal: victim.serial, at: minutesAgo(1) }]) })
    expect((await rowsOf<{ terminal_id: number }>(orgId, "heartbeat"))[1]?.terminal_id).toBe(
      victim.terminalId,
    )
  })

  test("the TID is looked up at the corrected time", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [before, after] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    await asWorker((db) =>
      db.query(
        sql`
          update terminal_tid set to_at = ${minutesAgo(30)}::timestamptz
          where terminal_id = ${before.terminalId}::bigint`,
      ),
    )
    await asWorker((db) =>
      db.query(
        sql`
          update terminal_tid set tid = ${before.tid}, from_at = ${minutesAgo(30)}::timestamptz
          where terminal_id = ${after.terminalId}::bigint`,
      ),
    )
    // Its clock is an hour slow: its time of 65 minutes ago was 5 minutes ago.
    await heartbeats({
      key: ingestKey,
      body: lines([{ terminal: before.tid, at: minutesAgo(65), sentAt: minutesAgo(60) }]),
    })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ terminal_id: after.terminalId }])
  })

  test("an unknown terminal is enrolled as pending in the unassigned store, with its model", async () => {
    const { orgId, ingestKey, unassignedStoreId } = await givenOrganisation()
    const beats = [
      { terminal: "NEW1", at: minutesAgo(1), model: "A920" },
      { terminal: "NEW1", at: minutesAgo(2) },
    ]
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines(beats) }))).toMatchObject({
      accepted: 2,
    })
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines(beats) }))).toMatchObject({
      duplicates: 2,
    })
    const enrolled = await asWorker((db) =>
      db.query(sql`
      select t.serial, m.name as model, p.store_id, s.status from terminal t
        join terminal_model m on m.id = t.model_id join terminal_store p on p.terminal_id = t.id
        join terminal_status s on s.terminal_id = t.id
       where t.org_id = ${orgId}::uuid`),
    )
    expect(enrolled).toEqual([
      { serial: "NEW1", model: "A920", store_id: unassignedStoreId, status: "pending" },
    ])
  })

  test("a known terminal without a model takes the one that it reports, and keeps another", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const [bare, named] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    const modelOf = async (terminal: string) => {
      const [row] = await asWorker((db) =>
        db.query<{ name: string | null }>(sql`
        select m.name from terminal t left join terminal_model m on m.id = t.model_id
         where t.org_id = ${orgId}::uuid and t.serial = ${terminal}`),
      )
      return row?.name ?? null
    }
    const beat = (terminal: string, ago: number, model?: string) =>
      heartbeats({ key: ingestKey, body: lines([{ terminal, at: minutesAgo(ago), model }]) })
    await beat(named.serial, 9, "A8")
    // Also when the terminal is named by its TID.
    await beat(bare.tid, 8, "A920")
    await beat(named.serial, 8, "A920")
    expect([await modelOf(named.serial), await modelOf(bare.serial)]).toEqual(["A8", "A920"])
  })

  test("an unknown terminal that names a known store is enrolled there, with serial and TID", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { storeId, code } = await givenStore(orgId)
    await heartbeats({
      key: ingestKey,
      body: lines([{ terminal: "10002000", serial: "SN-9", store: code, at: minutesAgo(1) }]),
    })
    await heartbeats({
      key: ingestKey,
      body: lines([
        { terminal: "10002000", at: minutesAgo(2) },
        { terminal: "SN-9", at: minutesAgo(3) },
      ]),
    })
    const terminals = await asWorker((db) =>
      db.query(
        sql`
          select t.serial, p.store_id from terminal t join terminal_store p on p.terminal_id = t.id
          where t.org_id = ${orgId}::uuid`,
      ),
    )
    expect(terminals).toEqual([{ serial: "SN-9", store_id: storeId }])
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(3)
  })

  test("two requests at the same time enrol it once", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const beats = (offset: number) =>
      lines(
        Array.from({ length: 20 }, (_, i) => ({
          terminal: `N${(i + offset) % 20}`,
          at: minutesAgo(i + offset + 1),
          model: "A920",
        })),
      )
    const sends = [0, 3, 7, 13].map((offset) => ({ key: ingestKey, body: beats(offset) }))
    for (const response of await Promise.all([...sends, ...sends].map(heartbeatsOnce)))
      expect((await answerOf(response)).rejected).toBe(0)
    const enrolled = await asWorker((db) =>
      db.query(sql`
      select count(*) as terminals, count(m.id) as with_model, count(distinct m.id) as models
        from terminal t left join terminal_model m on m.id = t.model_id where t.org_id = ${orgId}::uuid`),
    )
    expect(enrolled).toEqual([{ terminals: 20, with_model: 20, models: 1 }])
  })

  test("an organisation may have unknown terminals rejected", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    expect(
      await answerOf(
        await heartbeats({ key: ingestKey, body: lines([{ terminal: "NEW1", at: minutesAgo(1) }]) }),
      ),
    ).toMatchObject({ errors: [{ code: "unknown_terminal", field: "terminal" }] })
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
