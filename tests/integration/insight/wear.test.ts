import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getWear } from "@/app/api/v1/terminals/[id]/wear/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import type { Wear } from "@/lib/insight/trends/schemas"
import { settleTrends } from "@/lib/insight/trends/settle-trends"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf } from "@/tests/support/flags"
import { call } from "@/tests/support/http"

useDatabase()

const today = localDay(new Date(), "Asia/Shanghai")
const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
/** The Monday of the week that goes on. */
const thisWeek = addDays(today, -weekday)
const monday = (weeksAgo: number) => addDays(thisWeek, -7 * weeksAgo)

type Days = Partial<Record<"battery" | "storage" | "signal" | "spread" | "lines" | "errors", number>>

/** Days with heartbeats, three of each week from `weeks` weeks ago up to last week; `of` gets weeks ago. */
async function givenWeeks(
  { orgId, terminalId, storeId }: { orgId: string; terminalId: number; storeId: number },
  { weeks, of }: { weeks: readonly number[]; of: (weeksAgo: number, day: number) => Days },
) {
  const rows = weeks.flatMap((ago) =>
    [0, 2, 4].map((day) => {
      const {
        battery = null,
        storage = null,
        signal = null,
        spread = 0,
        lines = null,
        errors = null,
      } = of(ago, day)
      const dbm = signal === null ? null : signal * 1000 * 2
      const squares = signal === null ? null : 2 * (signal ** 2 + spread ** 2) * 1e6
      // A bit for each hour.
      const hours = errors === null ? null : 2 ** errors - 1
      return { day: addDays(monday(ago), day), battery, storage, dbm, squares, lines, hours }
    }),
  )
  await asWorker(async (db) => {
    await db.query(sql`
      insert into terminal_day (terminal_id, day, store_id, org_id, beats, battery_health_min_pct,
        storage_max_pct, signal_sum_mdbm, signal_count, signal_squares, printer_lines, printer_error_hours)
      select ${terminalId}::bigint, day, ${storeId}::bigint, ${orgId}::uuid, 1, battery, storage, dbm,
             case when dbm is null then 0 else 2 end, squares, lines, hours
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               as r (day date, battery real, storage real, dbm bigint, squares bigint, lines bigint,
                     hours bigint)
      on conflict (terminal_id, day, store_id) do update
         set battery_health_min_pct = excluded.battery_health_min_pct`)
    await db.query(sql`
      insert into terminal_state (terminal_id, org_id, last_beat_at, last_received_at)
      values (${terminalId}::bigint, ${orgId}::uuid, now(), now()) on conflict do nothing`)
  })
}

const report = (terminalId: number, percent: { battery?: number; storage?: number }) =>
  asWorker((db) =>
    db.query(sql`
    update terminal_state
       set battery_health_pct = ${percent.battery ?? null}::real,
           storage_used_pct = ${percent.storage ?? null}::real, next_look_at = '-infinity'
     where terminal_id = ${terminalId}::bigint`),
  )

async function settle(orgId: string, now = new Date()): Promise<number> {
  let count = 0
  for await (const settled of settleTrends({ orgId, now })) count += settled
  return count
}

const range = (first: number, last = 1) => Array.from({ length: first - last + 1 }, (_, i) => first - i)
const wobble = (ago: number) => (ago % 2 === 0 ? 0.2 : -0.2)
const wearOf = async (key: string, id: number): Promise<Wear> =>
  (
    await call(getWear, `/api/v1/terminals/${id}/wear`, { key, params: { id: String(id) } })
  ).json() as Promise<Wear>

async function givenWorn(of: (weeksAgo: number, day: number) => Days, weeks = range(20)) {
  const organisation = await givenOrganisation()
  const terminal = await givenTerminal(organisation.orgId)
  await givenWeeks({ ...organisation, ...terminal }, { weeks, of })
  return { ...organisation, ...terminal }
}

describe("a battery that loses one percent a week", () => {
  // 77 % last week: 70 % in about seven weeks.
  const fading = (ago: number, day: number) => ({ battery: 76 + ago + wobble(ago) + (day === 2 ? 9 : 0) })

  test("gets a flag with its due date, a picture, and none after it is replaced", async () => {
    const { orgId, readKey, terminalId } = await givenWorn((ago) => ({ battery: 71 + ago + wobble(ago) }))
    expect(await settle(orgId)).toBe(1)
    expect(await settle(orgId)).toBe(0)
    await report(terminalId, { battery: 72 })
    await detect(orgId, 2)
    const { data } = await flagsOf(readKey)
    expect(data).toMatchObject([
      { rule: "battery_wearing", kind: "maintenance", reasons: [{ signal: "battery", limit: 70 }] },
    ])
    const { signals } = await wearOf(readKey, terminalId)
    expect(signals).toMatchObject([{ signal: "battery", limit: 70 }])
    expect(signals[0]?.weeks.length).toBe(20)
    expect(signals[0]?.trend?.perWeek).toBeCloseTo(-1, 1)
    const [reason] = data[0]?.reasons ?? []
    expect(reason).toMatchObject({ on: signals[0]?.trend?.on, early: signals[0]?.trend?.early })

    await report(terminalId, { battery: 99 })
    await detect(orgId, 3, 3)
    expect((await flagsOf(readKey)).data).toEqual([])
  })

  test("is not flagged weeks before, by medians that one odd day does not move", async () => {
    const { orgId, readKey, terminalId } = await givenWorn(fading)
    await settle(orgId)
    await detect(orgId, 2)
    expect((await flagsOf(readKey)).data).toEqual([])
    const [battery] = (await wearOf(readKey, terminalId)).signals
    expect(battery?.weeks.at(-1)).toEqual({ week: monday(1), value: expect.closeTo(76.8, 1) as number })
    expect(battery?.trend?.on).not.toBeNull()
  })

  test("is worn, and not wearing out, once it is at its limit", async () => {
    const { orgId, readKey, terminalId } = await givenWorn((ago) => ({ battery: 71 + ago + wobble(ago) }))
    await settle(orgId)
    await report(terminalId, { battery: 69 })
    await detect(orgId, 2)
    expect((await flagsOf(readKey)).data.map(({ rule }) => rule)).toEqual(["battery_worn"])
  })

  test.each(["spare", "retired", "in_repair"])("is nobody's business in a %s terminal", async (status) => {
    const { orgId, readKey } = await givenOrganisation()
    const terminal = await givenTerminal(orgId, { status })
    await givenWeeks({ orgId, ...terminal }, { weeks: range(20), of: (ago) => ({ battery: 71 + ago }) })
    expect(await settle(orgId)).toBe(0)
    await detect(orgId, 2)
    expect((await flagsOf(readKey)).data).toEqual([])
  })
})

test("late days of the last weeks count when the next week is over", async () => {
  const given = await givenWorn((ago) => ({ battery: 90 - wobble(ago) }), range(20))
  await settle(given.orgId)
  await givenWeeks(given, { weeks: [3], of: () => ({ battery: 60 }) })
  await settle(given.orgId, new Date(Date.now() + 7 * 86_400_000))
  const [battery] = (await wearOf(given.readKey, given.terminalId)).signals
  expect(battery?.weeks.find(({ week }) => week === monday(3))?.value).toBe(60)
  expect(battery?.weeks.length).toBe(20)
})

test("storage that fills up is flagged, and no longer when it is freed", async () => {
  const { orgId, readKey, terminalId } = await givenWorn((ago) => ({ storage: 89 - 2 * ago + wobble(ago) }))
  await settle(orgId)
  await report(terminalId, { storage: 88 })
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toMatchObject([{ rule: "storage_filling" }])
  await report(terminalId, { storage: 40 })
  await detect(orgId, 3, 3)
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("a printer head that has printed what its model's vendor says is flagged", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const [model] = await asWorker((db) =>
    db.query<{ id: number }>(sql`
    insert into terminal_model (org_id, name, printer_head_km)
    values (${orgId}::uuid, 'P', 10) returning id`),
  )
  const terminal = await givenTerminal(orgId, { modelId: model?.id ?? 0 })
  await givenWeeks({ orgId, ...terminal }, { weeks: range(20), of: (ago) => ({ lines: 30_000 + ago * 10 }) })
  await asWorker((db) =>
    db.query(sql`
    insert into terminal_tail (terminal_id, org_id, recent_beats, printer_lines)
    values (${terminal.terminalId}::bigint, ${orgId}::uuid, '{}', 2800000)`),
  )
  await settle(orgId)
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toMatchObject([
    { rule: "printer_head_worn", reasons: [{ signal: "printer_head", level: 10.5, limit: 10 }] },
  ])
})

describe("a printer with errors", () => {
  // 1,000 receipts a week on three days.
  const printed = (errors: number) => ({ lines: 10_000, errors })

  test("is flagged once they are many for what it prints, week by week", async () => {
    const { orgId, readKey, terminalId } = await givenWorn((ago) => printed(ago > 4 ? 0 : 2), range(12))
    await settle(orgId)
    await detect(orgId, 2)
    expect((await flagsOf(readKey)).data).toMatchObject([
      { rule: "printer_errors", reasons: [{ signal: "printer_errors", level: 6, limit: 5 }] },
    ])
    const errors = (await wearOf(readKey, terminalId)).signals.find(
      ({ signal }) => signal === "printer_errors",
    )
    expect(errors?.weeks.slice(-5).map(({ value }) => value)).toEqual([0, 6, 6, 6, 6])
  })

  test("has none of a day whose lines began anew, or from before they were noted", async () => {
    const { orgId, readKey, terminalId } = await givenWorn(() => printed(1), range(4))
    await asWorker(async (db) => {
      await db.query(sql`
        update terminal_day set reset_counters = 4 | 128, printer_lines = 900000
         where org_id = ${orgId}::uuid and day = ${addDays(monday(1), 2)}::date`)
      await db.query(sql`
        update organisation set wear_from = ${monday(3)}::date where id = ${orgId}::uuid`)
    })
    await settle(orgId)
    const { signals, resets } = await wearOf(readKey, terminalId)
    expect(signals.find(({ signal }) => signal === "printer_errors")?.weeks).toEqual(
      [3, 2, 1].map((ago) => ({ week: monday(ago), value: 3 })),
    )
    expect(resets).toEqual([{ on: addDays(monday(1), 2), counters: ["printerLines", "swipeReads"] }])
  })
})

test("a signal's weak end is a tenth of the day below it", async () => {
  const { orgId, readKey, terminalId } = await givenWorn(() => ({ signal: -70, spread: 5 }), range(9))
  await settle(orgId)
  const [signal] = (await wearOf(readKey, terminalId)).signals
  expect(signal).toMatchObject({ signal: "signal", trend: null })
  expect(signal?.weeks.at(-1)?.value).toBeCloseTo(-76.4, 1)
  expect(signal?.limit).toBeCloseTo(-86.4, 1)
})

describe("a signal that became weak", () => {
  const fell = (ago: number) => ({ signal: ago === 1 ? -84 : -70 - (ago % 3) })
  const held = (ago: number) => ({ signal: -68 - (ago % 3) })

  async function givenPair(others: (ago: number) => Days) {
    const organisation = await givenOrganisation()
    const { storeId } = await givenStore(organisation.orgId)
    const terminals = []
    for (const of of [fell, others, others]) {
      const terminal = await givenTerminal(organisation.orgId, { storeId })
      await givenWeeks({ ...organisation, ...terminal }, { weeks: range(12), of })
      terminals.push(terminal)
    }
    await settle(organisation.orgId)
    await detect(organisation.orgId, 2)
    return { ...organisation, terminals, ...(await flagsOf(organisation.readKey)) }
  }

  test("is the antenna where others in the store kept theirs", async () => {
    const { data, terminals } = await givenPair(held)
    expect(data).toMatchObject([
      {
        rule: "signal_weak",
        terminal: { id: terminals[0]?.terminalId },
        reasons: [{ level: -84, drop: 13 }],
      },
    ])
  })

  test("is the place where others in the store lost theirs as well", async () => {
    expect((await givenPair(fell)).data).toEqual([])
  })

  test("may be the store's where the terminal is alone, which it is not beside others", async () => {
    const isAlone = async (others: number) => {
      const { orgId, readKey, terminalId, storeId } = await givenWorn(fell, range(12))
      for (let i = 0; i < others; i += 1) await givenTerminal(orgId, { storeId })
      await settle(orgId)
      await detect(orgId, 2)
      const { data } = await flagsOf(readKey, `?terminal=${terminalId}&rule=signal_weak`)
      return data.flatMap(({ reasons }) => reasons.map(({ code }) => code))
    }
    expect(await isAlone(0)).toEqual(["signal_weak", "alone_in_store"])
    expect(await isAlone(1)).toEqual(["signal_weak"])
  })

  test("says nothing after a move", async () => {
    const { orgId, readKey, terminalId, storeId } = await givenWorn(held, range(12, 2))
    const other = await givenStore(orgId)
    await asWorker(async (db) => {
      await db.query(sql`
        update terminal_store set to_at = now() - interval '10 days'
         where terminal_id = ${terminalId}::bigint`)
      await db.query(sql`
        insert into terminal_store (org_id, terminal_id, store_id, from_at)
        values (${orgId}::uuid, ${terminalId}::bigint, ${other.storeId}::bigint,
                now() - interval '10 days')`)
    })
    expect(other.storeId).not.toBe(storeId)
    await givenWeeks({ orgId, terminalId, storeId: other.storeId }, { weeks: [1], of: fell })
    await settle(orgId)
    await detect(orgId, 2)
    expect((await flagsOf(readKey)).data).toEqual([])
  })
})
