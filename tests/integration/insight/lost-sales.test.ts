import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { lostSales } from "@/lib/insight/lost-sales/lost-sales"
import { LostSalesQuery } from "@/lib/insight/lost-sales/schemas"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { recountStore } from "@/lib/rollups/fold/recount-store"
import { checkLost } from "@/lib/rollups/lost/check-lost"
import { moveRecords } from "@/lib/rollups/merge/move-records"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { at, noon } from "@/tests/support/fold-sales"
import { lines, transactions } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

test("a failed sale is lost unless its customer buys in the store within ten minutes", async () => {
  const { orgId, actor, ingestKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const own = await givenTerminal(orgId, { storeId, codeSystem: "unionpay" })
  const neighbour = await givenTerminal(orgId, { storeId, codeSystem: "unionpay" })
  const sale = (id: string, seconds: number, more: object) => ({
    terminal: own.serial,
    id,
    at: at(seconds),
    outcome: "declined",
    code: "51",
    entryMode: "chip",
    amountMinor: 1000,
    currency: "CNY",
    cardRef: `card ${id}`,
    ...more,
  })
  const send = async (...sales: object[]) => {
    await transactions({ key: ingestKey, body: lines(sales) })
    await foldAll()
  }
  const judge = (seconds: number) => judgeFailedSales({ orgId, now: new Date(at(seconds)) })
  const from = localDay(new Date(noon), "Asia/Shanghai")
  const found = async (query: object = {}) => {
    const answer = await lostSales({
      actor,
      query: LostSalesQuery.parse({ from, ...query }),
      now: new Date(at(7200)),
    })
    return answer.data.map(({ value, sales, amountMinor }) => ({ value, sales, amountMinor }))
  }
  await send(
    sale("left", 0, {}),
    sale("left again", 60, { cardRef: "card left" }),
    sale("other card", 1200, { amountMinor: 2500 }),
    sale("no answer", 2400, { code: "91", amountMinor: 700 }),
    sale("refund", 3600, { amountMinor: -500 }),
  )
  await judge(120)
  // Their customers may still come back.
  expect(await found()).toEqual([])
  await send(
    sale("paid", 1500, { terminal: neighbour.serial, outcome: "approved", code: "00", amountMinor: 2500 }),
  )
  await judge(9000)
  const lost = [
    { value: "card", sales: 1, amountMinor: 1000 },
    { value: "system", sales: 1, amountMinor: 700 },
  ]
  expect(await found()).toEqual(lost)
  expect(await found({ terminal: String(own.terminalId) })).toEqual(lost)
  expect(await found({ store: String(storeId), groupBy: "terminal" })).toEqual([
    { value: String(own.terminalId), sales: 2, amountMinor: 1700 },
  ])
  // A customer of whom nobody knew at that time.
  await send(
    sale("paid late", 2700, { outcome: "approved", code: "00", amountMinor: 700, cardRef: "card no answer" }),
  )
  await judge(90_000)
  expect(await found()).toEqual(lost.slice(0, 1))
})

test("a lost sale goes with a merged terminal, also if its clock was wrong by days", async () => {
  const { orgId, actor } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const { terminalId: kept } = await givenTerminal(orgId, { storeId })
  const { terminalId: merged } = await givenTerminal(orgId, { storeId })
  const offset = 5 * 86_400
  await givenBatch(orgId, "transaction", [
    {
      terminal_id: merged,
      id: "1",
      at: at(-offset),
      clock_offset_ms: offset * 1000,
      outcome: "failed",
      amount_minor: 1000,
      currency: "CNY",
    },
  ])
  await foldAll()
  const judge = () => judgeFailedSales({ orgId, now: new Date(at(9000)) })
  const total = async () => {
    const query = LostSalesQuery.parse({ from: localDay(new Date(noon), "Asia/Shanghai") })
    return (await lostSales({ actor, query, now: new Date(at(9000)) })).total
  }
  await judge()
  const lost = [{ currency: "CNY", sales: 1, amountMinor: 1000 }]
  expect(await total()).toEqual(lost)
  await asWorker((db) =>
    db.query(sql`update terminal set merged_into = ${kept}::bigint where id = ${merged}::bigint`),
  )
  await moveRecords({ orgId, from: merged, to: kept, days: [] })
  await judge()
  expect(await total()).toEqual(lost)
})

test("a store that changes its zone keeps no lost sale on two days, and a check finds others", async () => {
  const { orgId, actor, ingestKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const till = await givenTerminal(orgId, { storeId, codeSystem: "unionpay" })
  const sale = { outcome: "declined", code: "51", entryMode: "chip", amountMinor: 900, currency: "CNY" }
  const sent = [{ terminal: till.serial, id: "1", at: at(0), ...sale }]
  await transactions({ key: ingestKey, body: lines(sent) })
  await foldAll()
  await judgeFailedSales({ orgId, now: new Date(at(9000)) })
  const day = localDay(new Date(noon), "Asia/Shanghai")
  const total = async (on: string) =>
    (await lostSales({ actor, query: LostSalesQuery.parse({ from: on, to: on }) })).total
  const check = (isRepair = false) =>
    checkLost({ orgId, from: addDays(day, -1), to: addDays(day, 2), isRepair })
  const lost = [{ currency: "CNY", sales: 1, amountMinor: 900 }]
  expect([await total(day), await check()]).toEqual([lost, []])
  // There it is still the day before.
  await asWorker((db) =>
    db.query(sql`update store set time_zone = 'Pacific/Pago_Pago' where id = ${storeId}::bigint`),
  )
  expect((await check()).length).toBeGreaterThan(0)
  await recountStore({ orgId, storeId })
  expect([await total(day), await total(addDays(day, -1)), await check()]).toEqual([[], lost, []])
  await asWorker((db) =>
    db.query(sql`update lost_day set sales = 7 where org_id = ${orgId}::uuid and sales > 0
        and terminal_id = 0`),
  )
  expect((await check(true)).map(({ column, stored }) => [column, stored])).toEqual([
    ["sales", "7"],
    ["sales", "7"],
  ])
  expect([await total(addDays(day, -1)), await check()]).toEqual([lost, []])
})
