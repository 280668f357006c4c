import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, dayStart, type Day } from "@/lib/base/time/zone"
import { calendarOf, closedFrom, openSpans } from "@/lib/fleet/stores/opening-hours"
import { getAvailability } from "@/lib/insight/availability/get-availability"
import { settleDays } from "@/lib/insight/availability/settle-days"
import { sumOfLosses } from "@/lib/insight/availability/words"
import { leagueTable } from "@/lib/outlook/league/league-table"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { sumBeats } from "@/tests/support/rollups"

useDatabase()

const hourMs = 3_600_000
// An hour of UTC lies in one day there.
const zones = ["Asia/Shanghai", "America/New_York", "Pacific/Auckland", "Pacific/Pago_Pago", "UTC"] as const
// A whole week, and a day on each side of it.
const week = shiftWeek(weekOf(new Date(), "UTC"), -3)
const [from, to] = [addDays(week.from, -1), addDays(week.to, 1)]
const now = new Date()
const closedOn = addDays(from, 5)

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

/** Random opening hours of a day: half of the spans pass midnight, and some days are open all day. */
const spansOf = (random: Random) =>
  random.below(6) === 0
    ? [["00:00", "24:00"]]
    : Array.from({ length: random.below(3) }, () => [
        clock(random.below(48) * 30),
        clock(random.below(48) * 30),
      ])

/** A random instant around the range, and a later one. */
const twoInstants = (random: Random) => {
  const first = Date.parse(`${from}T00:00:00Z`) + (random.unit() * 10 - 1) * 24 * hourMs
  return [first, first + random.unit() * 4 * 24 * hourMs] as const
}

async function givenRandomStore(orgId: string, random: Random) {
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  const store = {
    time_zone: zones[random.below(zones.length)] ?? "UTC",
    opening_hours:
      random.below(8) === 0 ? null : Object.fromEntries(days.map((day) => [day, spansOf(random)])),
    hours_exceptions: random.below(3) === 0 ? { [addDays(from, 3)]: spansOf(random) } : {},
    closed_on: random.below(5) === 0 ? closedOn : null,
  }
  const { storeId } = await givenStore(orgId, {
    timeZone: store.time_zone,
    openingHours: store.opening_hours,
    exceptions: store.hours_exceptions,
    ...(store.closed_on ? { closedOn } : {}),
  })
  return { ...store, storeId }
}

type Life = {
  first: Awaited<ReturnType<typeof givenRandomStore>>
  second: Awaited<ReturnType<typeof givenRandomStore>>
  /** When the terminal moves from the first store to the second. */
  movedAt: number
  brokeAt: number
  repairedAt: number
  /** The hours with a heartbeat, in order. */
  beats: number[]
}

/**
 * A random terminal: in the first store until it moves, in repair for a while, with heartbeats in most
 * hours.
 */
async function givenRandomTerminal(orgId: string, random: Random): Promise<Life> {
  const first = await givenRandomStore(orgId, random)
  const second = await givenRandomStore(orgId, random)
  const { terminalId } = await givenTerminal(orgId, { storeId: first.storeId })
  const [movedAt] = twoInstants(random)
  const [brokeAt, repairedAt] = twoInstants(random)
  const since = Date.parse(`${from}T00:00:00Z`) + Math.floor(random.unit() * 96 - 48) * hourMs
  const beats = Array.from({ length: 12 * 24 }, (_, hour) => since + hour * hourMs).filter(
    (_, hour) => hour === 0 || random.below(4) > 0,
  )
  const [moved, broke, repaired] = [new Date(movedAt), new Date(brokeAt), new Date(repairedAt)]
  await asWorker(async (db) => {
    await db.query(sql`
      update terminal_store set to_at = ${moved}::timestamptz where terminal_id = ${terminalId}::bigint`)
    await db.query(sql`
      insert into terminal_store (org_id, terminal_id, store_id, from_at)
      values (${orgId}::uuid, ${terminalId}::bigint, ${second.storeId}::bigint, ${moved}::timestamptz)`)
    await db.query(sql`
      update terminal_status set to_at = ${broke}::timestamptz where terminal_id = ${terminalId}::bigint`)
    await db.query(sql`
      insert into terminal_status (org_id, terminal_id, status, from_at, to_at)
      values (${orgId}::uuid, ${terminalId}::bigint, 'in_repair', ${broke}::timestamptz,
              ${repaired}::timestamptz),
             (${orgId}::uuid, ${terminalId}::bigint, 'active', ${repaired}::timestamptz, null)`)
    // On the days of the store where the terminal is then. An hour can belong to two of them.
    await db.query(sql`
      insert into terminal_hour (terminal_id, hour, store_id, day, org_id, beats)
      select distinct ${terminalId}::bigint, hour, s.id, (beat.at at time zone s.time_zone)::date,
             ${orgId}::uuid, 1
        from unnest(${beats.map((hour) => new Date(hour))}::timestamptz[]) hour
       cross join lateral (values (hour), (hour + interval '59 min')) beat (at)
        join store s on s.id = case when beat.at < ${moved}::timestamptz then ${first.storeId}::bigint
                                    else ${second.storeId}::bigint end`)
  })
  return { first, second, movedAt, brokeAt, repairedAt, beats }
}

/** Counts one terminal's hours in a simple loop. */
function countHours(
  { first, second, movedAt, brokeAt, repairedAt, beats }: Life,
  range: { from: Day; to: Day },
) {
  const counts = { openHours: 0, upHours: 0 }
  const [since = Infinity] = beats
  const stays = [
    { store: first, begin: -Infinity, end: movedAt },
    { store: second, begin: movedAt, end: Infinity },
  ]
  const services = [
    { begin: -Infinity, end: brokeAt },
    { begin: repairedAt, end: Infinity },
  ]
  for (const { store, ...stay } of stays) {
    const calendar = calendarOf(store)
    if (!calendar.hours) continue
    const firstDay = dayStart(range.from, store.time_zone)
    const endDay = dayStart(range.to, store.time_zone)
    for (const service of services) {
      const begin = Math.max(stay.begin, service.begin, since, firstDay.getTime())
      const end = Math.min(stay.end, service.end, closedFrom(calendar), endDay.getTime())
      if (begin >= end) continue
      const spans = openSpans(calendar, begin, end)
      for (let hour = Math.ceil(begin / hourMs) * hourMs; hour < end; hour += hourMs) {
        if (!spans.some((span) => span.from <= hour && hour + hourMs <= span.to)) continue
        counts.openHours += 1
        if (beats.includes(hour)) counts.upHours += 1
      }
    }
  }
  return counts
}

test("availability equals a count hour by hour, and is the same everywhere", async () => {
  const { orgId, actor } = await givenOrganisation()
  const [counts, ofWeek] = [
    { openHours: 0, upHours: 0 },
    { openHours: 0, upHours: 0 },
  ]
  const add = (sum: typeof counts, { openHours, upHours }: typeof counts) => {
    sum.openHours += openHours
    sum.upHours += upHours
  }
  for (let n = 0; n < 40; n += 1) {
    const life = await givenRandomTerminal(orgId, new Random("availability", n))
    add(counts, countHours(life, { from, to }))
    add(ofWeek, countHours(life, week))
  }
  await asWorker(async (db) => {
    await db.query(sql`
      with model as (
        insert into terminal_model (org_id, name) values (${orgId}::uuid, 'A920') returning id)
      update terminal t set model_id = m.id from model m where t.org_id = ${orgId}::uuid`)
    await db.query(sql`
      insert into terminal_state (terminal_id, org_id)
      select id, org_id from terminal where org_id = ${orgId}::uuid`)
  })
  await sumBeats(orgId)
  const last = addDays(to, -1)
  for await (const _ of settleDays({ orgId, last, now }));

  const { hardware } = await getAvailability({ actor, query: { from, to: last }, now })
  expect(counts.upHours).toBeGreaterThan(1000)
  expect(hardware.share).toBe(counts.upHours / counts.openHours)
  expect(hardware.total).toBe(counts.openHours)
  expect(hardware.total - sumOfLosses(hardware.lost)).toBe(counts.upHours)

  const days = { from: week.from, to: addDays(week.to, -1) }
  const api = (await getAvailability({ actor, query: days, now })).hardware
  const report = (await weeklyReport({ actor, week: week.name, now })).availability
  const { data } = await leagueTable({ actor, query: { by: "model", ...days }, now })
  const share = ofWeek.upHours / ofWeek.openHours
  expect(api).toMatchObject({ total: ofWeek.openHours, share })
  expect(report).toMatchObject({ ...ofWeek, share, hoursUntil: days.to })
  expect(data.map(({ availability }) => availability)).toEqual([{ ...ofWeek, share }])
})
