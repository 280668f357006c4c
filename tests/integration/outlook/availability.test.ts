import { DateTime } from "luxon"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { addDays, dayStart } from "@/lib/base/time/zone"
import { calendarOf, closedFrom, openSpans } from "@/lib/fleet/stores/opening-hours"
import { availabilityOfAll } from "@/lib/outlook/reports/availability"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"

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

/** Some spans of a day, half of them beyond midnight and some round the clock. */
const spansOf = (random: Random) =>
  random.below(6) === 0
    ? [["00:00", "24:00"]]
    : Array.from({ length: random.below(3) }, () => [
        clock(random.below(48) * 30),
        clock(random.below(48) * 30),
      ])

const stretch = (random: Random) => {
  const begin = Date.parse(`${from}T00:00:00Z`) + (random.unit() * 10 - 1) * 24 * hourMs
  return { begin, middle: begin + random.unit() * 4 * 24 * hourMs }
}

test("is what counting hour by hour in a simple loop gives, whatever the hours, zones, stays and repairs", async () => {
  const { orgId, actor } = await givenOrganisation()
  let [openHours, upHours, terminalsWithoutHours] = [0, 0, 0]
  for (let n = 0; n < 40; n += 1) {
    const random = new Random("availability", n)
    const stores = await Promise.all(
      [0, 1].map(async () => {
        const store = {
          time_zone: random.pick(zones),
          opening_hours:
            random.below(8) === 0
              ? null
              : Object.fromEntries(
                  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, spansOf(random)]),
                ),
          hours_exceptions: random.below(3) === 0 ? { [addDays(from, 3)]: spansOf(random) } : {},
          closed_on: random.below(5) === 0 ? closedOn : null,
        }
        const given = {
          timeZone: store.time_zone,
          openingHours: store.opening_hours,
          exceptions: store.hours_exceptions,
          ...(store.closed_on ? { closedOn } : {}),
        }
        return { ...store, ...(await givenStore(orgId, given)) }
      }),
    )
    const [first, second] = stores
    if (!first || !second) throw new Error("two stores were made")
    const { terminalId } = await givenTerminal(orgId, { storeId: first.storeId })
    const { begin: moved } = stretch(random)
    const { begin: broke, middle: repaired } = stretch(random)
    const since = Date.parse(`${from}T00:00:00Z`) + Math.floor(random.unit() * 96 - 48) * hourMs
    const beating = Array.from({ length: 12 * 24 }, (_, hour) => since + hour * hourMs).filter(
      (_, hour) => hour === 0 || random.below(4) > 0,
    )
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_store set to_at = ${new Date(moved)}::timestamptz
          where terminal_id = ${terminalId}::bigint`,
      )
      await db.query(
        sql`
          insert into terminal_store (org_id, terminal_id, store_id, from_at)
          values (${orgId}::uuid, ${terminalId}::bigint, ${second.storeId}::bigint,
            ${new Date(moved)}::timestamptz)`,
      )
      await db.query(
        sql`
          update terminal_status set to_at = ${new Date(broke)}::timestamptz
          where terminal_id = ${terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_status (org_id, terminal_id, status, from_at, to_at)
        values (${orgId}::uuid, ${terminalId}::bigint, 'in_repair', ${new Date(broke)}::timestamptz,
          ${new Date(repaired)}::timestamptz),
               (${orgId}::uuid, ${terminalId}::bigint, 'active', ${new Date(repaired)}::timestamptz, null)`)
      // An hour in two of a store's days is two rows.
      await db.query(sql`insert into terminal_hour (terminal_id, hour, store_id, day, org_id, beats)
        select ${terminalId}::bigint, hour, ${first.storeId}::bigint, day::date, ${orgId}::uuid, 1
          from unnest(${beating.map((hour) => new Date(hour))}::timestamptz[]) hour
          cross join lateral (values (hour::date), (hour::date + 1)) d (day)`)
    })

    const beats = new Set(beating)
    let isWithoutHours = false
    for (const [store, arrived, left] of [
      [first, -Infinity, moved],
      [second, moved, Infinity],
    ] as const) {
      for (const [servedFrom, servedTo] of [
        [-Infinity, broke],
        [repaired, Infinity],
      ] as const) {
        const calendar = calendarOf(store)
        const begin = Math.max(arrived, servedFrom, since, dayStart(from, store.time_zone).getTime())
        const end = Math.min(
          left,
          servedTo,
          now.getTime(),
          closedFrom(calendar),
          dayStart(to, store.time_zone).getTime(),
        )
        if (begin >= end) continue
        if (!calendar.hours) isWithoutHours = true
        const spans = openSpans(calendar, begin, end)
        for (let hour = Math.ceil(begin / hourMs) * hourMs; hour < end; hour += hourMs) {
          if (!spans.some((span) => span.from <= hour && hour + hourMs <= span.to)) continue
          openHours += 1
          if (beats.has(hour)) upHours += 1
        }
      }
    }
    if (isWithoutHours) terminalsWithoutHours += 1
  }
  expect(upHours).toBeGreaterThan(1000)
  expect(await inOrganisation(actor, (db) => availabilityOfAll(db, { from, to, now }))).toEqual({
    openHours,
    upHours,
    share: upHours / openHours,
    terminalsWithoutHours,
  })
}, 30_000)
