import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { swapTerminal } from "@/lib/fleet/terminals/life/swap-terminal"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"

useDatabase()

/** A terminal with sales of fourteen hours ago in it. */
async function givenUnsent(orgId: string) {
  const { terminalId, storeId } = await givenTerminal(orgId)
  await asWorker((db) =>
    db.query(sql`
      with given as (
        insert into acquirer (org_id, code, name, currency, offline_hours)
        values (${orgId}::uuid, 'acq', 'Acquirer', 'CNY', 20) returning id)
      update terminal_tid set acquirer_id = given.id from given where terminal_id = ${terminalId}::bigint`),
  )
  const fields = {
    offline_sales: 3,
    offline_amount_minor: 900,
    offline_oldest_at: new Date(Date.now() - 14 * 60 * minute).toISOString(),
  }
  await givenBeats(orgId, terminalId, { until: 8, fields })
  await detect(orgId, 2)
  return { terminalId, storeId }
}

/** Such a terminal, which another one has replaced. */
async function givenSwapped() {
  const organisation = await givenOrganisation()
  const { orgId, actor, readKey } = organisation
  const { terminalId } = await givenUnsent(orgId)
  const { terminalId: replacement } = await givenTerminal(orgId, { status: "spare" })
  await asWorker((db) => db.query(sql`delete from terminal_tid where terminal_id = ${replacement}::bigint`))
  const unsent = async () => (await flagsOf(readKey, "?rule=unsent_sales")).data
  const before = await unsent()
  await swapTerminal({ actor, terminalId, replacement, oldStatus: "retired" })
  await detect(orgId, 4, 6)
  return { ...organisation, terminalId, replacement, before, unsent }
}

test("sales that are still in a swapped terminal keep their flag until they have arrived", async () => {
  const { orgId, terminalId, before, unsent } = await givenSwapped()
  expect(before).toMatchObject([
    { terminal: { id: terminalId }, reasons: [{ code: "unsent_sales", sales: 3, currency: "CNY" }] },
  ])
  // The acquirer's time still counts.
  expect((await unsent()).map(({ id, reasons }) => [id, reasons])).toEqual(
    before.map(({ id, reasons }) => [id, reasons]),
  )
  await givenBeats(orgId, terminalId, { until: 0, count: 1, fields: { offline_sales: 0 } })
  await detect(orgId, 3, 12)
  expect(await unsent()).toEqual([])
})

test("or until somebody says that they were settled", async () => {
  const { orgId, actor, before, unsent } = await givenSwapped()
  const ids = before.map(({ id }) => id)
  await handleFlags({ actor, body: { ids, change: { what: "find", outcome: "fixed" } } })
  await detect(orgId, 3, 12)
  expect(await unsent()).toEqual([])
})

test("or, where the store has closed for good, as well", async () => {
  const { orgId, actor, readKey } = await givenOrganisation()
  const { terminalId, storeId } = await givenUnsent(orgId)
  const [flag] = (await flagsOf(readKey, "?rule=unsent_sales")).data
  await asWorker(async (db) => {
    await db.query(sql`update store set closed_on = current_date - 2 where id = ${storeId}::bigint`)
    await db.query(sql`
      update terminal_state set next_look_at = '-infinity' where terminal_id = ${terminalId}::bigint`)
  })
  await detect(orgId, 4, 6)
  expect((await flagsOf(readKey, "?rule=unsent_sales")).data.map(({ id }) => id)).toEqual([flag?.id])
  const ids = [flag?.id ?? 0]
  await handleFlags({ actor, body: { ids, change: { what: "find", outcome: "fixed" } } })
  await detect(orgId, 3, 12)
  expect((await flagsOf(readKey, "?rule=unsent_sales")).data).toEqual([])
})

test("or until the terminal is merged into another, which has its sales from then on", async () => {
  const { orgId, terminalId, replacement, unsent } = await givenSwapped()
  await asWorker(async (db) => {
    await db.query(sql`
      update terminal set merged_into = ${replacement}::bigint where id = ${terminalId}::bigint`)
    await db.query(sql`
      update terminal_state set next_look_at = '-infinity' where terminal_id = ${terminalId}::bigint`)
  })
  await detect(orgId, 3, 12)
  expect(await unsent()).toEqual([])
})
