import sql from "sql-template-tag"
import { beforeAll, describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { kinds } from "@/lib/fleet/code-packs/kind"
import { cellsOf, issuersOf, nightSales, sharesOf } from "@/lib/insight/night-sums/night-sales"
import { dayNumber } from "@/lib/insight/night-sums/night-sums"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { firstDayToCome, keepReference, ratesOn } from "@/lib/rollups/reference/keep-reference"
import type { RateRow } from "@/lib/rollups/reference/rate-row"
import { useDatabase } from "@/tests/support/database"
import { at, noon } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"
import { givenOneTerminal, sales, sold, type Sold } from "@/tests/support/sold"

useDatabase()

const day = localDay(new Date(noon), "Asia/Shanghai")
const dayBefore = addDays(day, -1)

const row = (issuer: string, entryMode: string, first: number): RateRow => ({
  issuer,
  entryMode,
  rates: kinds.map((_, k) => (first + k) / 1000),
})

/** Keeps a table that is in force from the day on. */
const keep = (orgId: string, from: string, rows: RateRow[]) =>
  asWorker((db) => keepReference(db, { orgId, rows, now: new Date(`${addDays(from, -1)}T09:00:00Z`) }))

/** What `ratesOn` expects of the sales of a day, in millionths, by kind. */
async function expectedOn(orgId: string, on: string, some = sold): Promise<number[]> {
  const rates = await asWorker((db) => ratesOn(db, { orgId, day: on }))
  const met = some.filter(({ entry_mode: mode }) => mode !== "ecommerce")
  return kinds.map((_, k) =>
    met.reduce(
      (sum, { issuer_bin: issuer = "", entry_mode: mode, scheme }) =>
        sum + Math.round((rates(issuer, mode, scheme)[k] ?? 0) * 1e6),
      0,
    ),
  )
}

const storedIn = (values: Record<string, unknown> | undefined) => kinds.map((kind) => values?.[`e_${kind}`])

describe("expected failures", () => {
  let fleet: Awaited<ReturnType<typeof givenOneTerminal>>
  beforeAll(async () => {
    fleet = await givenOneTerminal()
    const { orgId, terminalId } = fleet
    await keep(orgId, day, [
      row("", "", 10),
      row("", "chip", 20),
      row("", "contactless", 30),
      row("other:unionpay", "chip", 40),
      row("622202", "chip", 50),
    ])
    await keep(orgId, addDays(day, 1), [row("", "", 900)])
    await givenBatch(orgId, "transaction", sales(terminalId, 0, "today"))
    await foldAll()
    // Late, so that days are counted again: a retry, which expects nothing, and a day before the first table.
    await givenBatch(orgId, "transaction", [
      ...sales(terminalId, 1, "late"),
      {
        terminal_id: terminalId,
        at: at(5000),
        id: "failed",
        outcome: "declined",
        entry_mode: "chip",
        card_ref: "x",
      },
      {
        terminal_id: terminalId,
        at: at(5060),
        id: "retry",
        outcome: "approved",
        entry_mode: "chip",
        card_ref: "x",
      },
    ])
    await foldAll()
  })

  test("are those of the table of the sale's own day, for its issuer, scheme and entry mode", async () => {
    const { days, hours, operators, placeDays } = await rollupsOf(fleet.orgId)
    const one: Sold = { entry_mode: "chip", card_ref: "x" }
    const today = await expectedOn(fleet.orgId, day, [...sold, one])
    expect(storedIn(days.find((stored) => stored["day"] === day))).toEqual(today)
    expect(today).toContain(50_000 + 40_000 + 20_000 + 30_000 + 20_000)
    const before = await expectedOn(fleet.orgId, dayBefore)
    expect(storedIn(days.find((stored) => stored["day"] === dayBefore))).toEqual(before)
    expect(before[0]).toBe(4 * 40_000)
    const inAll = (rows: Record<string, unknown>[], name: string) =>
      rows.filter((stored) => stored["day"] === day).reduce((sum, stored) => sum + Number(stored[name]), 0)
    const tech = today[kinds.indexOf("tech")] ?? 0
    expect(inAll(hours, "e_tech")).toBe(tech)
    expect(inAll(placeDays, "e_tech")).toBe(2 * tech)
    const annas = await expectedOn(
      fleet.orgId,
      day,
      sold.filter((_, i) => i % 2 === 0),
    )
    expect(operators.find((stored) => stored["day"] === day)).toMatchObject({
      operator: "anna",
      presentments: 3,
      e_user: annas[kinds.indexOf("user")],
      e_magstripe: annas[kinds.indexOf("magstripe")],
    })
  })

  test("are counted again alike", async () => {
    const range = { orgId: fleet.orgId, from: dayBefore, to: addDays(day, 1) }
    expect(await checkRollups({ ...range, isRepair: false })).toEqual([])
    const right = await rollupsOf(fleet.orgId)
    await asWorker(async (db) => {
      await db.query(sql`update operator_day set e_chip = 1 where org_id = ${fleet.orgId}::uuid`)
      await db.query(
        sql`update place_day set e_tech = 7 where org_id = ${fleet.orgId}::uuid and store_id = 0`,
      )
    })
    const found = await checkRollups({ ...range, isRepair: true })
    expect(found.map(({ table, column }) => `${table} ${column}`).toSorted()).toEqual([
      "operator_day e_chip",
      "operator_day e_chip",
      "place_day e_tech",
      "place_day e_tech",
    ])
    expect(await rollupsOf(fleet.orgId)).toEqual(right)
  })
})

test("issuers, shares and rates of a day are those of its presentments", async () => {
  const { orgId, terminalId } = await givenOneTerminal()
  await keep(orgId, day, [row("", "", 10), row("other:unionpay", "chip", 40), row("622202", "chip", 50)])
  const declined = { outcome: "declined", code_system: null, code: null }
  await givenBatch(orgId, "transaction", [
    ...sales(terminalId, 0, "one"),
    ...[1, 2, 3, 4, 5, 6, 7].map((i) => ({
      ...declined,
      terminal_id: terminalId,
      at: at(9000 + i * 600),
      id: `failed ${i}`,
      entry_mode: "chip",
      issuer_bin: "622202",
      scheme: "UnionPay",
      card_ref: `failed ${i}`,
    })),
  ])
  await foldAll()
  const daySales = await nightSales({ orgId, day })
  const issuers = issuersOf(daySales)
  expect(issuers.map(({ issuer }) => issuer).toSorted()).toEqual(["", "622202", "999999"])
  const own = issuers.find(({ issuer }) => issuer === "622202")
  const [issuerRate = 0, techRate = 0] = [50, 52].map((rate) => rate / 1000)
  expect(own).toMatchObject({ day: dayNumber(day), acquirer: "" })
  expect(own?.issuerKind.expected).toBeCloseTo(8 * issuerRate)
  expect(own?.tech.expected).toBeCloseTo(8 * techRate)
  const { days } = await rollupsOf(orgId)
  const expected = issuers.reduce((sum, { issuerKind }) => sum + issuerKind.expected, 0)
  expect(expected).toBeCloseTo(Number(days[0]?.["e_issuer"]) / 1e6)
  expect(sharesOf(daySales, [{ issuer: "622202", day: dayNumber(day) }])).toEqual([
    {
      terminal: String(terminalId),
      issuer: "622202",
      day: dayNumber(day),
      issuerKind: { observed: 7, expected: own?.issuerKind.expected },
      tech: { observed: 0, expected: own?.tech.expected },
    },
  ])
  const cells = cellsOf(daySales, () => false)
  expect(cells.find(({ issuer, entryMode }) => issuer === "622202" && entryMode === "chip")).toMatchObject({
    scheme: "unionpay",
    presentments: 8,
  })
  expect(cells.map(({ entryMode }) => entryMode)).not.toContain("ecommerce")
  expect(cellsOf(daySales, () => true)).toEqual([])
})

test("a table holds from the first day that has begun nowhere", () => {
  expect(firstDayToCome(new Date("2026-11-30T09:30:00Z"))).toBe("2026-12-01")
  expect(firstDayToCome(new Date("2026-11-30T10:00:00Z"))).toBe("2026-12-02")
})
