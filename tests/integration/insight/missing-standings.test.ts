import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { settleStates } from "@/lib/insight/silence/settle-states"
import { checkStandings } from "@/lib/insight/standings/check-standings"
import { settleStandings } from "@/lib/insight/standings/settle-standings"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"

useDatabase()

const givenOpenFlag = (orgId: string, terminalId: number) =>
  asWorker((db) =>
    db.query(sql`
    insert into flag (org_id, kind, rule, subject, terminal_id, status, since_at, opened_at,
      evaluated_at, reasons)
    values (${orgId}::uuid, 'maintenance', 'silent', ${`terminal:${terminalId}`}, ${terminalId}::bigint,
            'open', now(), now(), now(), '[]')`),
  )

test("standings that are missing are added by the check, with the open flags", async () => {
  const { orgId, actor } = await givenOrganisation()
  const { terminalId: id } = await givenTerminal(orgId)
  await givenTerminal(orgId)
  const check = async (isRepair: boolean) =>
    (await checkStandings({ orgId, isRepair })).map(({ key, column, stored }) => [key, column, stored])
  await givenOpenFlag(orgId, id)
  expect(await check(false)).toEqual([])
  await settleStates({ now: new Date() })
  await settleStandings({ now: new Date() })
  await asWorker((db) => db.query(sql`delete from terminal_standing where terminal_id = ${id}::bigint`))
  expect(await check(true)).toEqual([[`terminal_id ${id}`, "terminal_id", null]])
  expect(await check(false)).toEqual([])
  const { data } = await listTerminals({
    actor,
    query: TerminalQuery.parse({ sort: "flags", order: "desc" }),
  })
  expect(data[0]?.id).toBe(id)
})

test("standings of which none can be written end the round, which is not noted as done", async () => {
  const { orgId } = await givenOrganisation()
  await asWorker((db) =>
    db.query(sql`
    insert into terminal_standing (terminal_id, org_id)
    select -id, ${orgId}::uuid from generate_series(1, 2000) as given (id)`),
  )
  try {
    await settleStandings({ now: new Date() })
    const noted = await asWorker((db) =>
      db.query(sql`select standings_at from organisation where id = ${orgId}::uuid`),
    )
    expect(noted).toEqual([{ standings_at: null }])
  } finally {
    await asWorker((db) => db.query(sql`delete from terminal_standing where terminal_id < 0`))
  }
})
