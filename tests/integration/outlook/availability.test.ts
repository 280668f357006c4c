import { DateTime } from "luxon"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { addDays, dayStart } from "@/lib/base/time/zone"
import { calendarOf, closedFrom, openSpans } from "@/lib/fleet/stores/opening-hours"
import { getAvailability } from "@/lib/insight/availability/get-availability"
import { settleDays } from "@/lib/insight/availability/settle-days"
import { lossCauses } from "@/lib/insight/availability/words"
import { availabilityOfAll } from "@/lib/outlook/reports/availability"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { sumBeats } from "@/tests/support/rollups"

useDatabase()

const hourMs = 3_600_000
const zones = [
  "Asia/Shanghai",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "Pacific/Auckland",
  "Pacific/Pago_Pago",
  "UTC",
] as const
const from = DateTime.utc().minus({ days: 24 }).toFormat("yyyy-MM-dd")
const to = addDays(from, 9)
const now = new Date(Date.parse(`${to}T00:00:00Z`) - 17.4 * hourMs)
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

async function givenRandomStore(orgId: string, random: Random, among: readonly string[]) {
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  const store = {
    time_zone: among[random.below(among.length)] ?? "UTC",
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
async function givenRandomTerminal(
  orgId: string,
  random: Random,
  among: readonly string[] = zones,
): Promise<Life> {
  const first = await givenRandomStore(orgId, random, among)
  const second = await givenRandomStore(orgId, random, among)
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
function countHours({ first, second, movedAt, brokeAt, repairedAt, beats }: Life) {
  const counts = { openHours: 0, upHours: 0, isWithoutHours: false }
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
    const [firstDay, endDay] = [dayStart(from, store.time_zone), dayStart(to, store.time_zone)]
    for (const service of services) {
      const begin = Math.max(stay.begin, service.begin, since, firstDay.getTime())
      const end = Math.min(stay.end, service.end, now.getTime(), closedFrom(calendar), endDay.getTime())
      if (begin >= end) continue
      if (!calendar.hours) counts.isWithoutHours = true
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

test("availability equals a count hour by hour, for random hours, zones, moves and repairs", async () => {
  const { orgId, actor } = await givenOrganisation()
  let [openHours, upHours, terminalsWithoutHours] = [0, 0, 0]
  for (let n = 0; n < 40; n += 1) {
    const counts = countHours(await givenRandomTerminal(orgId, new Random("availability", n)))
    openHours += counts.openHours
    upHours += counts.upHours
    if (counts.isWithoutHours) terminalsWithoutHours += 1
  }
  await sumBeats(orgId)
  expect(upHours).toBeGreaterThan(1000)
  expect(
    await inOrganisation(actor, (db) => availabilityOfAll(db, { from, to, now, terminals: null })),
  ).toEqual({
    openHours,
    upHours,
    share: upHours / openHours,
    terminalsWithoutHours,
  })
}, 30_000)

test("the hardware's availability of settled days is that of the weekly report", async () => {
  const { orgId, actor } = await givenOrganisation()
  // An hour of UTC lies in one day there.
  const among = ["Asia/Shanghai", "America/New_York", "Pacific/Auckland", "UTC"]
  for (let n = 0; n < 12; n += 1) await givenRandomTerminal(orgId, new Random("settled", n), among)
  await sumBeats(orgId)
  const [last, at] = [addDays(to, -1), new Date()]
  for await (const _ of settleDays({ orgId, last, now: at }));
  const { hardware } = await getAvailability({ actor, query: { from, to: last }, now: at })
  const report = await inOrganisation(actor, (db) =>
    availabilityOfAll(db, { from, to, now: at, terminals: null }),
  )
  expect(report.upHours).toBeGreaterThan(300)
  expect(hardware.total).toBe(report.openHours)
  const lost = lossCauses.reduce((sum, cause) => sum + hardware.lost[cause], 0)
  expect(hardware.total - lost).toBe(report.upHours)
})
