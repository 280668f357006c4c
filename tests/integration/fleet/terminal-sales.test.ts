import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"

useDatabase()

test.each(["Pacific/Kiritimati", "Asia/Shanghai", "UTC", "America/New_York", "Pacific/Pago_Pago"])(
  "the list counts the sales of the last seven days of a store in %s, today included",
  async (timeZone) => {
    const { orgId, actor } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { timeZone })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    const today = localDay(new Date(), timeZone)
    // Each day's number of sales is a power of two, so that the sum tells which days were counted.
    const days = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    await asWorker((db) =>
      db.query(sql`
      insert into terminal_day (terminal_id, day, store_id, org_id, presentments, failures)
      select ${terminalId}::bigint, day, ${storeId}::bigint, ${orgId}::uuid, sales, 1
        from unnest(${days.map((ago) => addDays(today, -ago))}::date[], ${days.map((ago) => 2 ** ago)}::int[])
          as sold (day, sales)`),
    )
    const { data } = await listTerminals({ actor, query: TerminalQuery.parse({}) })
    expect(data).toMatchObject([{ attempts: 0b1111111, failures: 7 }])
  },
)
