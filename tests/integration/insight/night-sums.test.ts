import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { dayNumber, nightSums } from "@/lib/insight/night-sums/night-sums"
import { bookCorrections } from "@/lib/insight/verdicts/book-corrections"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { at, noon } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"
import { daySeconds, givenOneTerminal, sales } from "@/tests/support/sold"

useDatabase()

const day = localDay(new Date(noon), "Asia/Shanghai")
const dayBefore = addDays(day, -1)

async function countedIn(night: Parameters<typeof nightSums>[0]) {
  const { sums, operators } = await nightSums(night)
  return { sums: [...sums], operators: [...operators] }
}

describe("a night", () => {
  test("counts what came in since the nights before, once, and what was taken back", async () => {
    const { orgId, terminalId } = await givenOneTerminal()
    const presentments = async (night: string) => {
      const { sums, operators } = await countedIn({ orgId, night })
      return {
        byDay: Object.fromEntries(sums.map((one) => [one.day - dayNumber(day), one.presentments])),
        expected: sums.reduce((sum, one) => sum + (one.kinds.user?.expected ?? 0), 0),
        ofOperators: operators.reduce((sum, { user }) => sum + user.expected, 0),
      }
    }
    const none = { byDay: {}, expected: 0, ofOperators: 0 }
    await givenBatch(orgId, "transaction", sales(terminalId, 1, "first"))
    await givenBatch(orgId, "transaction", sales(terminalId, 0, "next"))
    await foldAll()
    const first = {
      byDay: { "-1": 5 },
      expected: expect.closeTo(0.04) as number,
      ofOperators: expect.closeTo(0.02) as number,
    }
    expect(await presentments(dayBefore)).toEqual(first)
    // Interrupted, and counted again with what came in meanwhile.
    await givenBatch(orgId, "transaction", [
      {
        terminal_id: terminalId,
        at: at(-daySeconds - 60),
        id: "late",
        outcome: "approved",
        entry_mode: "chip",
      },
    ])
    await foldAll()
    expect(await presentments(dayBefore)).toMatchObject({ byDay: { "-1": 6 } })
    expect(await presentments(day)).toMatchObject({ byDay: { 0: 5 } })
    expect(await presentments(addDays(day, 1))).toEqual(none)
    // A record that goes to another terminal is taken back from this one.
    await asWorker((db) =>
      db.query(sql`delete from transaction where terminal_id = ${terminalId}::bigint and id = 'late'`),
    )
    await checkRollups({ orgId, from: dayBefore, to: day, isRepair: true })
    expect(await presentments(addDays(day, 2))).toMatchObject({ byDay: { "-1": -1 } })
    // A sale that is later than a night looks back counts in the rollups alone.
    await givenBatch(orgId, "transaction", sales(terminalId, 4, "too late"))
    await foldAll()
    expect(await presentments(addDays(day, 2))).toMatchObject({ byDay: { "-1": -1 } })
  })

  test("takes back failed reads of a card that fails at two terminals", async () => {
    const { orgId, storeId, terminalId } = await givenOneTerminal()
    const other = await givenTerminal(orgId, { storeId })
    const third = await givenTerminal(orgId, { storeId })
    const [code] = await asWorker((db) =>
      db.query<{ id: number }>(sql`
        select id from response_code where cause <> 'none' and subcause = 'chip_read_error' limit 1`),
    )
    const failed = (terminal: number, daysBack: number, card: string) =>
      givenBatch(orgId, "transaction", [
        {
          terminal_id: terminal,
          at: at(-daysBack * daySeconds),
          id: `${card} ${terminal}`,
          outcome: "failed",
          entry_mode: "chip",
          card_ref: card,
          code_system: "own",
          code: "read",
          response_code_id: code?.id,
          operator: "anna",
        },
      ])
    const chipFailures = async (night: string) => {
      await foldAll()
      await judgeFailedSales({ orgId, now: new Date() })
      await bookCorrections({ orgId })
      const { sums, operators } = await countedIn({ orgId, night })
      return {
        terminals: sums.map(({ kinds: counted }) => counted.chip?.observed).toSorted(),
        operators: operators.map(({ chip }) => chip.observed).toSorted(),
      }
    }
    await failed(terminalId, 1, "broken")
    await failed(terminalId, 1, "good")
    expect(await chipFailures(dayBefore)).toEqual({ terminals: [2], operators: [2] })
    await failed(other.terminalId, 0, "broken")
    expect(await chipFailures(day)).toEqual({ terminals: [-1, 0], operators: [-1, 0] })
    // A recount finds the same.
    expect(await checkRollups({ orgId, from: dayBefore, to: addDays(day, 1), isRepair: false })).toEqual([])
    // The card is read so often elsewhere that it must be good.
    await givenBatch(
      orgId,
      "transaction",
      Array.from({ length: 20 }, (_, i) => ({
        terminal_id: third.terminalId,
        at: at(60 + i),
        id: `read ${i}`,
        outcome: "approved",
        entry_mode: "chip",
        card_ref: "broken",
      })),
    )
    expect(await chipFailures(addDays(day, 1))).toEqual({ terminals: [0, 1, 1], operators: [1, 1] })
  })

  test("counts app crashes of terminals that report them, and in how many hours", async () => {
    const { orgId, storeId, terminalId } = await givenOneTerminal()
    const other = await givenTerminal(orgId, { storeId })
    const beat = (terminal: number, seconds: number, crashes: object) => ({
      terminal_id: terminal,
      at: at(seconds),
      ...crashes,
    })
    await givenBatch(orgId, "heartbeat", [
      ...[3, 3, 5].map((crashes, hour) => beat(terminalId, 3600 * hour, { app_crashes: crashes })),
      beat(other.terminalId, 0, {}),
      beat(other.terminalId, 3600, {}),
    ])
    await foldAll()
    const { sums } = await countedIn({ orgId, night: day })
    expect(sums.map(({ terminal, counters: { crashes } }) => [terminal, crashes])).toEqual([
      [String(terminalId), { observed: 2, exposure: 3 / 24 }],
    ])
  })

  test("leaves out days from before expected counts were kept", async () => {
    const { orgId, terminalId } = await givenOneTerminal()
    await asWorker((db) =>
      db.query(sql`update organisation set expected_from = ${day}::date where id = ${orgId}::uuid`),
    )
    await givenBatch(orgId, "transaction", [...sales(terminalId, 1, "old"), ...sales(terminalId, 0, "new")])
    await foldAll()
    const { sums } = await countedIn({ orgId, night: day })
    expect(sums.map((one) => one.day)).toEqual([dayNumber(day)])
  })
})
