import { expect, test } from "vitest"
import { localDay } from "@/lib/base/time/zone"
import { timedSales, withSlow } from "@/lib/insight/night-sums/night-sales"
import { dayNumber, nightSums } from "@/lib/insight/night-sums/night-sums"
import { listSpeeds } from "@/lib/insight/speeds/list-speeds"
import { SpeedQuery } from "@/lib/insight/speeds/schemas"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { keepSpeeds } from "@/lib/rollups/speeds/keep-speeds"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { at, noon } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const day = localDay(new Date(noon), "Asia/Shanghai")

/** Sales of 1 to 1.5 s, ten times as slow for the last terminal; failed ones and retries take longest. */
async function givenSales() {
  const { orgId, actor } = await givenOrganisation()
  const stores = [await givenStore(orgId, { name: "Quick" }), await givenStore(orgId, { name: "Slow" })]
  const terminals = await Promise.all(
    stores.map(async ({ storeId }) => ({
      storeId,
      terminalId: (await givenTerminal(orgId, { storeId })).terminalId,
    })),
  )
  const sales = terminals.flatMap(({ terminalId }, i) =>
    Array.from({ length: i === 0 ? 190 : 10 }, (_, n) => ({
      terminal_id: terminalId,
      id: `${i}-${n}`,
      at: at(200 * n),
      outcome: "approved",
      entry_mode: "chip",
      card_ref: `card ${i}-${n}`,
      issuer_bin: n % 2 === 0 ? "622202" : "622848",
      duration_ms: (1_000 + (n % 6) * 100) * (i === 0 ? 1 : 10),
    })),
  )
  const [first] = sales
  if (!first) throw new Error("there are sales")
  const failed = { ...first, id: "failed", outcome: "failed", duration_ms: 60_000, at: at(39_000) }
  const retried = { ...failed, id: "again", outcome: "approved", at: at(39_060) }
  await givenBatch(orgId, "transaction", [...sales, failed, retried])
  await foldAll()
  return { orgId, actor, terminals }
}

test("a night counts how long sales take, and which terminals are slow", async () => {
  const { orgId, actor, terminals } = await givenSales()
  const timed = await timedSales({ orgId, day })
  for (let again = 0; again < 2; again += 1) await keepSpeeds({ orgId, day, speeds: timed.speeds })
  const { sums } = await nightSums({ orgId, night: day })
  const slow = [...withSlow(sums, timed)]
    .filter((one) => one.day === dayNumber(day))
    .map(({ terminal, counters }): [number, unknown] => [Number(terminal), counters.slowSales])
  expect(new Map(slow)).toEqual(
    new Map([
      [terminals[0]?.terminalId, { observed: 0, exposure: 190 }],
      [terminals[1]?.terminalId, { observed: expect.any(Number), exposure: 10 }],
    ]),
  )
  const speeds = async (by: string, as = actor) =>
    listSpeeds({ actor: as, query: SpeedQuery.parse({ by, from: day, to: day }) })
  const byStore = await speeds("store")
  expect(byStore.data.map(({ label, sales }) => [label, sales])).toEqual([
    ["Quick", 190],
    ["Slow", 10],
  ])
  const [quick] = byStore.data
  expect(quick?.p95Ms).toBeGreaterThan(1_200)
  expect(quick?.p95Ms).toBeLessThan(2_000)
  expect(quick?.expectedMs).toBeGreaterThan(10_000)
  expect((await speeds("issuer")).total.sales).toBe(200)
  // Whoever may see one store sees its sales alone.
  const limited = { ...actor, stores: [terminals[1]?.storeId ?? 0] }
  expect((await speeds("issuer", limited)).total.sales).toBe(10)
  expect((await speeds("store", limited)).data.map(({ label }) => label)).toEqual(["Slow"])
  // More rows than are written at once add up.
  const ofStores = timed.speeds.filter(({ dimension }) => dimension === "store").slice(0, 1)
  const many = Array.from({ length: 10_001 }, () => ofStores).flat()
  const before = (await speeds("store")).data
  await keepSpeeds({ orgId, day, speeds: many })
  const [only] = (await speeds("store")).data
  expect(before.map(({ sales }) => 10_001 * sales)).toContain(only?.sales)
})
