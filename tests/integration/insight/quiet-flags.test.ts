import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { clockText } from "@/lib/base/time/zone"
import { addWindow } from "@/lib/fleet/maintenance/change-windows"
import { getStore } from "@/lib/fleet/stores/list-stores"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import { checkStandings } from "@/lib/insight/standings/check-standings"
import { settleStandings } from "@/lib/insight/standings/settle-standings"
import { overview } from "@/lib/outlook/overview/overview"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"

useDatabase()

const hour = 60 * minute

/** An organisation with one open flag, and how many flags each place counts. */
async function givenFlag() {
  const { orgId, actor, readKey } = await givenOrganisation()
  const { terminalId, storeId } = await givenTerminal(orgId)
  await givenBeats(orgId, terminalId, { until: 1, fields: { reader_ok: false } })
  await detect(orgId, 2)
  await settleStandings({ now: new Date() })
  const list = async (query: object) =>
    (await listTerminals({ actor, query: TerminalQuery.parse(query) })).data
  const stored = async () => {
    const [row] = await asWorker((db) =>
      db.query<{ flags: number; until: Date }>(sql`
      select open_flags as flags, until_at as until from terminal_standing
       where terminal_id = ${terminalId}::bigint`),
    )
    return row
  }
  const counts = async () => ({
    listed: (await flagsOf(readKey, "?snoozed=hide")).data.length,
    overview: (await overview({ actor, query: { range: "24h" } })).needs.length,
    terminal: (await list({}))[0]?.openFlags,
    flagged: (await list({ flagged: "true" })).length,
    store: (await getStore({ actor, storeId })).openFlags,
    order: (await stored())?.flags,
  })
  const [flag] = (await flagsOf(readKey)).data
  return { orgId, actor, storeId, terminalId, stored, counts, ids: [flag?.id ?? 0] }
}

const everywhere = (count: number) => ({
  listed: count,
  overview: count,
  terminal: count,
  flagged: count,
  store: count,
  order: count,
})

test("a snoozed flag counts nowhere until its time has come", async () => {
  const { orgId, actor, terminalId, stored, counts, ids } = await givenFlag()
  expect(await counts()).toEqual(everywhere(1))
  const until = new Date(Date.now() + hour)
  await handleFlags({ actor, body: { ids, change: { what: "snooze", until: until.toISOString() } } })
  expect(await counts()).toEqual(everywhere(0))

  await detect(orgId, 1)
  await settleStandings({ now: new Date() })
  expect((await stored())?.until).toEqual(until)
  expect(await checkStandings({ orgId, isRepair: false })).toEqual([])

  // An hour passes.
  await asWorker(async (db) => {
    await db.query(sql`
      update flag set snoozed_until = now() - interval '1 second' where id = ${ids[0]}::bigint`)
    await db.query(sql`
      update terminal_standing set until_at = now() - interval '1 second'
       where terminal_id = ${terminalId}::bigint`)
  })
  await settleStandings({ now: new Date() })
  expect(await counts()).toEqual(everywhere(1))
})

test("a flag that maintenance mutes counts nowhere", async () => {
  const { orgId, actor, storeId, stored, counts } = await givenFlag()
  const at = (ms: number) => clockText(new Date(Date.now() + ms), "Asia/Shanghai").replace(" ", "T")
  const place = { kind: "store", id: storeId } as const
  const times = { starts: at(-hour), ends: at(hour), isWeekly: false, lastOn: null }
  await addWindow({ actor, body: { reason: "New router", place, ...times } })
  await detect(orgId, 1, 2)
  expect(await counts()).toEqual(everywhere(0))
  await settleStandings({ now: new Date() })
  expect((await stored())?.until.getTime()).toBeLessThanOrEqual(Date.now() + hour)
})
