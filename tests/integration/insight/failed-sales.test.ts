import sql from "sql-template-tag"
import { beforeAll, describe, expect, test } from "vitest"
import { GET } from "@/app/api/v1/failed-sales/route"
import { asWorker } from "@/lib/base/db/transaction"
import { findConcentration } from "@/lib/insight/concentration/find-concentration"
import { listFailedSales } from "@/lib/insight/failed-sales/list-failed-sales"
import { FailedSaleQuery } from "@/lib/insight/failed-sales/schemas"
import { failureMatrix } from "@/lib/insight/rates/failure-matrix"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { failureSeries } from "@/lib/insight/rates/failure-series"
import { FailureMatrixQuery, FailureRateQuery, FailureSeriesQuery } from "@/lib/insight/rates/schemas"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { givenBeats } from "@/tests/support/flags"
import { at } from "@/tests/support/fold-sales"
import { call } from "@/tests/support/http"
import { lines, transactionsOnce } from "@/tests/support/ingest"

useDatabase()

/** Two stores with a terminal each. The first cannot read a card that works at the second. */
async function givenSales() {
  const organisation = await givenOrganisation()
  const { orgId, ingestKey } = organisation
  const [first, second] = [await givenStore(orgId, { name: "First" }), await givenStore(orgId)]
  const a = await givenTerminal(orgId, { storeId: first.storeId, codeSystem: "unionpay" })
  const b = await givenTerminal(orgId, { storeId: second.storeId, codeSystem: "unionpay" })
  const sale = {
    entryMode: "chip",
    amountMinor: 1000,
    currency: "CNY",
    issuerBin: "62220212",
    operator: "01",
  }
  const worn = { cardRef: "the card", outcome: "failed", codeSystem: "pos-hal", code: "ICC-2108" }
  const records = [
    { ...sale, ...worn, terminal: a.serial, id: "a1", at: at(0), release: "4.2.0" },
    {
      ...sale,
      terminal: b.serial,
      id: "b1",
      at: at(600),
      outcome: "approved",
      code: "00",
      cardRef: "the card",
    },
    { ...sale, terminal: b.serial, id: "b2", at: at(700), outcome: "declined", code: "51", cardRef: "poor" },
    {
      ...sale,
      terminal: b.serial,
      id: "b3",
      at: at(800),
      outcome: "declined",
      code: "51",
      issuerBin: "621700",
    },
    { ...sale, terminal: b.serial, id: "b4", at: at(900), outcome: "declined", code: "91", cardRef: "other" },
  ]
  await transactionsOnce({ key: ingestKey, body: lines(records) })
  await foldAll()
  await judgeFailedSales({ orgId, now: new Date() })
  return { ...organisation, a: { ...a, ...first }, b: { ...b, ...second } }
}

let given: Awaited<ReturnType<typeof givenSales>>
beforeAll(async () => {
  given = await givenSales()
})

const list = (query: Record<string, unknown> = {}) =>
  listFailedSales({ actor: given.actor, query: FailedSaleQuery.parse(query) })
const idsOf = async (query: Record<string, unknown>) => (await list(query)).data.map(({ id }) => id)

describe("failed sales", () => {
  test("come newest first, each with its verdict and evidence in both languages", async () => {
    const { data, total } = await list()
    expect(data.map(({ id }) => id)).toEqual(["b4", "b3", "b2", "a1"])
    expect(total).toBe(4)
    const unread = data[3]
    expect(unread).toMatchObject({
      terminal: { serial: given.a.serial },
      store: { name: "First" },
      code: "ICC-2108",
      subcause: "chip_read_error",
      issuer: "62220212",
      amountMinor: 1000,
      isRetry: false,
      verdict: { cause: "device" },
    })
    const { p, evidence } = unread?.verdict ?? {}
    expect(Object.values(p ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3)
    expect(evidence?.find(({ code }) => code === "card_works_elsewhere")?.text).toEqual({
      en: "The same card worked at another terminal afterwards",
      zh: expect.stringMatching(/[一-鿿]/),
    })
  })

  test("are found by what they have in common", async () => {
    const { a, b } = given
    expect(await idsOf({ terminal: a.terminalId })).toEqual(["a1"])
    expect(await idsOf({ store: b.storeId, code: "unionpay:51" })).toEqual(["b3", "b2"])
    expect(await idsOf({ subcause: "chip_read_error" })).toEqual(["a1"])
    expect(await idsOf({ cause: "device" })).toEqual(["a1"])
    expect(await idsOf({ issuer: "621700" })).toEqual(["b3"])
    expect(await idsOf({ issuer: "622202", operator: `${b.storeId}:01` })).toEqual(["b4", "b2"])
    expect(await idsOf({ release: "4.2.0", entryMode: "chip" })).toEqual(["a1"])
    expect(await idsOf({ from: at(0), to: at(3600) })).toHaveLength(4)
    expect(await idsOf({ from: at(3600), to: at(7200) })).toEqual([])
  })

  test("are found by what their sales say if they were noted before an update", async () => {
    await asWorker((db) =>
      db.query(sql`
      update verdict set code = null, subcause = null, release = null
       where org_id = ${given.orgId}::uuid and id in ('a1', 'b2')`),
    )
    expect(await idsOf({ code: "unionpay:51" })).toEqual(["b3", "b2"])
    expect(await idsOf({ subcause: "insufficient_funds" })).toEqual(["b3", "b2"])
    expect((await list({ code: "unionpay:51" })).total).toBe(2)
    expect(await idsOf({ release: "4.2.0" })).toEqual(["a1"])
    expect(await idsOf({ code: "unionpay:91" })).toEqual(["b4"])
  })

  test("come page by page", async () => {
    const page = await list({ limit: 3 })
    expect(page.data).toHaveLength(3)
    expect(await idsOf({ limit: 3, cursor: page.nextCursor })).toEqual(["a1"])
  })

  test("are those of one's own stores", async () => {
    const limited = { ...given.actor, stores: [given.b.storeId] }
    const page = await listFailedSales({ actor: limited, query: FailedSaleQuery.parse({}) })
    expect(page.data.map(({ id }) => id)).toEqual(["b4", "b3", "b2"])
    const refused = await call(GET, "/api/v1/failed-sales", { key: given.ingestKey })
    expect(refused.status).toBe(403)
  })
})

describe("rates of a subcause and of a code", () => {
  const rates = (query: object) => failureRates({ actor: given.actor, query: FailureRateQuery.parse(query) })

  test("count its failures of all sales, by store and over time", async () => {
    const poor = { subcause: "insufficient_funds" }
    expect((await rates({ groupBy: "code", ...poor })).data).toMatchObject([
      { value: "unionpay:51", attempts: 5, failures: 2 },
    ])
    expect((await rates({ groupBy: "store", code: "unionpay:51" })).data).toMatchObject([
      { value: `${given.b.storeId}`, attempts: 4, failures: 2 },
      { value: `${given.a.storeId}`, attempts: 1, failures: 0 },
    ])
    const series = await failureSeries({ actor: given.actor, query: FailureSeriesQuery.parse(poor) })
    expect(series.data).toMatchObject([{ presentments: 5, failures: 2, byCause: { card: 2, system: 0 } }])
    await expect(rates({ groupBy: "terminal", ...poor })).rejects.toThrow("not kept")
  })

  test("compare the dates that are asked for", async () => {
    const day = at(0).slice(0, 10)
    const before = {
      compareFrom: day,
      compareTo: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10),
    }
    const page = await rates({ groupBy: "cause", from: "2026-01-01", to: "2026-01-03", ...before })
    expect(page.total).toMatchObject({ attempts: 0, previous: { attempts: 5, failures: 4 } })
    expect(page.previousPeriod.days?.first).toBe(day)
    await expect(rates({ compareFrom: day })).rejects.toThrow("compareTo")
  })

  test("make a map of stores", async () => {
    const matrix = await failureMatrix({
      actor: given.actor,
      query: FailureMatrixQuery.parse({ groupBy: "subcause" }),
    })
    expect(matrix.values.map(({ value, failures }) => [value, failures])).toEqual([
      ["insufficient_funds", 2],
      [expect.any(String), 1],
      [expect.any(String), 1],
    ])
    expect(matrix.stores.map(({ id, cells }) => [id, cells[0]])).toEqual([
      [given.b.storeId, { attempts: 4, failures: 2, rate: 0.5 }],
      [given.a.storeId, { attempts: 1, failures: 0, rate: 0 }],
    ])
    const byCause = async (query: object) =>
      await failureMatrix({ actor: given.actor, query: FailureMatrixQuery.parse(query) })
    const { stores, values } = await byCause({})
    expect((await byCause({ cause: "device" })).stores).toEqual(stores)
    const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0)
    expect(values.map((_, i) => sum(stores.map(({ cells }) => cells[i]?.failures ?? 0)))).toEqual(
      values.map(({ failures }) => failures),
    )
  })
})

describe("what failures follow", () => {
  /** Three terminals in two stores with forty sales each; one of them cannot read twelve cards. */
  async function givenDirtyReader() {
    const { orgId, actor, ingestKey } = await givenOrganisation()
    const name = "Harbour"
    const [first, second] = [await givenStore(orgId, { name }), await givenStore(orgId, { name })]
    const dirty = await givenTerminal(orgId, { storeId: first.storeId })
    const clean = [
      await givenTerminal(orgId, { storeId: first.storeId }),
      await givenTerminal(orgId, { storeId: second.storeId }),
    ]
    const all = [dirty, ...clean]
    const saleOf = (serial: string, i: number) => ({
      terminal: serial,
      id: `${serial} ${i}`,
      at: at(i * 60),
      entryMode: "chip",
      issuerBin: ["622202", "621700", "622848"][Math.floor(i / 3) % 3],
      operator: `0${1 + (i % 2)}`,
      cardRef: `card ${serial} ${i}`,
      outcome: "approved",
    })
    const unread = { outcome: "failed", codeSystem: "pos-hal", code: "ICC-2108" }
    const records = Array.from({ length: 40 }, (_, i) =>
      all.map(({ serial }) => ({
        ...saleOf(serial, i),
        ...(serial === dirty.serial && i % 3 === 0 ? unread : {}),
      })),
    ).flat()
    await transactionsOnce({ key: ingestKey, body: lines(records) })
    for (const { terminalId } of all)
      await givenBeats(orgId, terminalId, { count: 1, fields: { carrier: "CMCC" } })
    await foldAll()
    await judgeFailedSales({ orgId, now: new Date() })
    return { actor, dirty, other: second.storeId }
  }

  test("is named with the numbers of each dimension, and nobody sees more than their stores", async () => {
    const { actor, dirty, other } = await givenDirtyReader()
    const found = await findConcentration({ actor, query: {} })
    expect(found).toMatchObject({
      failures: 14,
      sales: 120,
      isWhole: true,
      best: { dimension: "terminal", label: dirty.serial, failures: 14, sales: 40 },
      runnerUp: { dimension: "store" },
    })
    expect(found.best?.expected).toBeCloseTo(14 / 3)
    expect(found.dimensions.find(({ dimension }) => dimension === "card")?.values?.[0]).toMatchObject({
      value: null,
      failures: 1,
    })
    for (const dimension of ["store", "operator", "line"])
      expect(found.dimensions.find((one) => one.dimension === dimension)?.values?.[0]?.label).toMatch(
        /^Harbour \(.+\)/,
      )
    const limited = await findConcentration({ actor: { ...actor, stores: [other] }, query: {} })
    expect(limited).toMatchObject({ failures: 0, sales: 40, best: null })
  })
})

test("a sale that is deleted before its verdict does not end the list", async () => {
  await asWorker((db) =>
    db.query(sql`delete from transaction where terminal_id = ${given.b.terminalId}::bigint and id = 'b3'`),
  )
  const page = await list({ limit: 2 })
  expect(page.data.map(({ id }) => id)).toEqual(["b4", "b2"])
  expect(await idsOf({ limit: 2, cursor: page.nextCursor })).toEqual(["a1"])
})
