import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays } from "@/lib/base/time/zone"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import {
  bookHours,
  givenBeats,
  monday,
  phoenix,
  reportOf,
  shanghai,
  sunday,
  week,
} from "@/tests/support/weekly-report"

useDatabase()

describe("availability", () => {
  const hours = { mon: [["09:00", "12:00"]], sun: [["20:00", "22:00"]] }

  test("counts the open hours with a heartbeat in each store's own week", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const home = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { openingHours: hours })).storeId,
    })
    const far = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { openingHours: hours, timeZone: "America/Phoenix" })).storeId,
    })
    // Up for 2 of 5 open hours: heartbeats while the store is closed do not count.
    await givenBeats(orgId, home.terminalId, [
      shanghai(-1, "10:00:00"),
      shanghai(monday, "09:15:00"),
      shanghai(monday, "09:45:00"),
      shanghai(monday, "18:00:00"),
      shanghai(sunday, "21:59:59"),
    ])
    // Up for 4 of 5: Sunday evening in Phoenix is Monday noon in Shanghai, and the Sunday before is not in
    // this week.
    await givenBeats(orgId, far.terminalId, [
      phoenix(-2, "10:30:00"),
      phoenix(monday, "10:30:00"),
      phoenix(monday, "11:30:00"),
      phoenix(sunday, "20:30:00"),
      phoenix(sunday, "21:30:00"),
    ])
    await bookHours(orgId)
    expect((await reportOf(readKey)).availability).toEqual({
      openHours: 10,
      upHours: 6,
      share: 0.6,
      hoursUntil: addDays(week.to, -1),
      terminalsWithoutHours: 0,
    })
  })

  test("leaves out terminals not in service, and counts others from their first heartbeat", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: hours })
    const late = await givenTerminal(orgId, { storeId })
    // 2 of 3
    await givenBeats(orgId, late.terminalId, [shanghai(monday, "11:10:00"), shanghai(sunday, "20:10:00")])
    const spare = await givenTerminal(orgId, { storeId, status: "spare" })
    await givenBeats(orgId, spare.terminalId, [shanghai(monday, "09:10:00")])
    await givenTerminal(orgId, { storeId }) // never sent a heartbeat
    await bookHours(orgId)
    expect((await reportOf(readKey)).availability).toEqual({
      openHours: 3,
      upHours: 2,
      share: 2 / 3,
      hoursUntil: addDays(week.to, -1),
      terminalsWithoutHours: 0,
    })
  })

  test("follows a terminal that moves, and counts terminals in stores without known hours", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const known = await givenStore(orgId, { openingHours: hours })
    const { storeId: unknown } = await givenStore(orgId)
    const moved = await givenTerminal(orgId, { storeId: known.storeId })
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_store set to_at = ${shanghai(monday, "11:00:00")}::timestamptz
          where terminal_id = ${moved.terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
        values (${orgId}::uuid, ${moved.terminalId}::bigint, ${unknown}::bigint,
          ${shanghai(monday, "11:00:00")}::timestamptz)`)
    })
    await givenBeats(orgId, moved.terminalId, [
      shanghai(monday, "09:10:00"),
      shanghai(monday, "11:10:00"),
      shanghai(sunday, "20:10:00"),
    ])
    // Retired on Monday and moved on Tuesday: the unknown hours of the new store do not concern it.
    const retired = await givenTerminal(orgId, { storeId: known.storeId })
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_status set to_at = ${shanghai(monday, "10:00:00")}::timestamptz
          where terminal_id = ${retired.terminalId}::bigint`,
      )
      await db.query(
        sql`
          update terminal_store set to_at = ${shanghai(1, "10:00:00")}::timestamptz
          where terminal_id = ${retired.terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
        values (${orgId}::uuid, ${retired.terminalId}::bigint, ${unknown}::bigint,
          ${shanghai(1, "10:00:00")}::timestamptz)`)
    })
    await givenBeats(orgId, retired.terminalId, [shanghai(-1, "09:10:00"), shanghai(monday, "09:10:00")])
    await bookHours(orgId)
    expect((await reportOf(readKey)).availability).toEqual({
      openHours: 3,
      upHours: 2,
      share: 2 / 3,
      hoursUntil: addDays(week.to, -1),
      terminalsWithoutHours: 1,
    })
  })
})
