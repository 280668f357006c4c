import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { getTerminal, recentRecords } from "@/lib/fleet/terminals/read/get-terminal"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const now = new Date(Date.now() - 60_000).toISOString()
const orders = [
  ["a", "b", "c"],
  ["c", "b", "a"],
  ["b", "c", "a"],
]

test.each(orders)(
  "of sales of one instant the greatest id is the newest, sent as %s %s %s",
  async (...ids) => {
    const { orgId, actor } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    for (const id of ids) {
      const sale = { terminal_id: terminalId, at: now, id, outcome: "approved", release: `release ${id}` }
      await givenBatch(orgId, "transaction", [sale])
      await foldAll()
    }
    const rows = await asWorker((db) =>
      db.query<{ hour: string; day: string }>(sql`
      select h.sale_release as hour, d.sale_release as day
        from terminal_hour h join terminal_day d on d.terminal_id = h.terminal_id
       where h.terminal_id = ${terminalId}::bigint`),
    )
    expect(rows).toEqual([{ hour: "release c", day: "release c" }])
    const { sales } = await recentRecords({ actor, terminalId })
    expect(sales.map(({ id }) => id)).toEqual(["c", "b", "a"])
  },
)

test("of beats with the same corrected time, the one with the later own time is the newest", async () => {
  const { orgId, actor } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  const beat = (offsetMs: number, app: string) => ({
    terminal_id: terminalId,
    at: new Date(Date.parse(now) - offsetMs).toISOString(),
    clock_offset_ms: offsetMs,
    app,
  })
  for (const row of [beat(0, "7.2"), beat(600_000, "7.1")]) {
    await givenBatch(orgId, "heartbeat", [row])
    await foldAll()
  }
  const rows = await asWorker((db) =>
    db.query<{ app: string }>(
      sql`select app_release as app from terminal_hour where terminal_id = ${terminalId}::bigint`,
    ),
  )
  expect(rows).toEqual([{ app: "7.2" }])
  expect((await getTerminal({ actor, terminalId })).releases.app).toBe("7.2")
})
