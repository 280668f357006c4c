import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { addDays, localDay, type Day } from "@/lib/base/time/zone"
import { placeColumns } from "@/lib/rollups/fold/sql/bucket-columns"
import { sumPlaces } from "@/lib/rollups/fold/sql/places"
import { storesOfLimited } from "@/tests/bench/read/seed-access"
import { acquirers, models, openHours, perStore, zones } from "@/tests/bench/read/seed-fleet"
import type { Seeded } from "@/tests/bench/read/seeded"

const daysBack = 90
const hourDaysBack = 8
/** Stores' and organisation's sums reach ahead, so that ranges that end now have rows on later days too. */
const daysAhead = 3
/** Of so many stores one has its segments, and each store of a limited user. */
const oneOf = 20

/** Days and hours of terminals, and what they sum up to. */
export async function addRollups(db: Db, seeded: Seeded, say: (text: string) => void): Promise<void> {
  const { orgId } = seeded
  const today = localDay(new Date(), "UTC")
  for (let back = daysBack; back >= 0; back -= 1) {
    const day = addDays(today, -back)
    if (back % 30 === 0) say(`days and hours, ${day}`)
    if (back < hourDaysBack) await addHours(db, seeded, day)
    await addDay(db, seeded, { day, back })
    await sumPlaces(db, "days", { orgId, day })
    if (back < hourDaysBack) await sumPlaces(db, "hours", { orgId, day })
  }
  for (let ahead = 1; ahead <= daysAhead; ahead += 1) await copyPlaces(db, seeded, addDays(today, ahead))
  say("segments")
  await withoutKey(db, "segment_day", () => addSegments(db, seeded, today))
}

/** The key of many rows is built faster when they are all there. */
async function withoutKey(db: Db, table: string, add: () => Promise<void>): Promise<void> {
  const [key] = await db.query<{ name: string; definition: string }>(sql`
    select conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where conrelid = ${table}::regclass and contype = 'p'`)
  if (!key) throw new Error(`${table} has no key`)
  await db.query(sql`alter table ${raw(table)} drop constraint ${raw(key.name)}`)
  await add()
  await db.query(sql`set maintenance_work_mem = '1GB'`)
  await db.query(sql`alter table ${raw(table)} add constraint ${raw(key.name)} ${raw(key.definition)}`)
}

/** A pseudorandom number of a terminal (or store) and a day, as the column `x.r`. */
const randomOf = (id: Sql, day: Sql) =>
  sql`(select hashint8extended(${id}, ${day} - date '2000-01-01') as r) x`

/** Some failures of each cause: 2 in 100 sales, or 8 at some terminals. */
const sales = (perDay: number) => sql`
  cross join lateral (select ${perDay}::int + (x.r & 15)::int as sales, (x.r >> 4 & 1)::int as device,
      (x.r >> 5 & 1)::int as card, case when x.r >> 6 & 15 = 0 then 4 else (x.r >> 10 & 1)::int end as system
    ) y`
const saleNames = raw("presentments, failures, device, card, system, raw_attempts, raw_failures, raw_device")
const saleValues = raw(
  "sales, device + card + system, device, card, system, sales + 2, device + card + system, device",
)

const inZone = (values: readonly number[]) =>
  sql`(${values}::int[])[1 + ((n - 1) / ${perStore}::int + 1) % 3]`
const opensAt = inZone(zones.map((zone) => zone.opensAt))

/** Half the stores got release 5.2 of the app within six weeks, at three of their four terminals. */
const releaseOn = (back: number) => sql`
  case when (n - 1) / ${perStore}::int % 2 = 0
        and (n % ${perStore}::int = 0 or ${back}::int > 5 + (n - 1) / ${perStore}::int % 40)
       then '5.1' else '5.2' end`

const addDay = (db: Db, { orgId, terminals }: Seeded, { day, back }: { day: Day; back: number }) =>
  db.query(sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, model_id, app_release, beats,
      max_gap_seconds, battery_min_pct, signal_sum_mdbm, signal_count, latency_sum_us, latency_count,
      ${saleNames}, ch_chip, ch_issuer, beat_hours)
    select n, ${day}::date, 2 + (n - 1) / ${perStore}::int, ${orgId}::uuid, 1 + n % ${models}::int,
           ${releaseOn(back)}, 40, 900, 60, -2400000, 40, 4000000, 40, ${saleValues}, device, system,
           (((1::bigint << ${openHours}::int) - 1) & ~(1::bigint << (x.r & 31)::int)) << (14 + ${opensAt})
      from generate_series(1, ${terminals}::bigint) n
     cross join lateral ${randomOf(sql`n`, sql`${day}::date`)} ${sales(70)}
     where n % 50 not in (20, 30, 40)`)

const addHours = (db: Db, { orgId, terminals }: Seeded, day: Day) =>
  db.query(sql`
    insert into terminal_hour (terminal_id, hour, day, store_id, org_id, model_id, app_release, beats,
      max_gap_seconds, battery_min_pct, signal_sum_mdbm, signal_count, latency_sum_us, latency_count,
      ${saleNames}, ch_chip, ch_issuer)
    select n, hour, ${day}::date, 2 + (n - 1) / ${perStore}::int, ${orgId}::uuid, 1 + n % ${models}::int,
           '5.2', 4, 900, 60, -240000, 4, 400000, 4, ${saleValues}, device, system
      from generate_series(0, ${openHours - 1}::int) open_hour
     cross join generate_series(1, ${terminals}::bigint) n
     cross join lateral (
       select ${day}::date::timestamp at time zone 'UTC'
                + (${opensAt} + open_hour) * interval '1 hour' as hour) h
     cross join lateral ${randomOf(sql`n * 100 + open_hour`, sql`${day}::date`)} ${sales(1)}
     where n % 50 not in (20, 30, 40)`)

const listed = raw(placeColumns.join(", "))

/** Repeats the places of a week before. */
async function copyPlaces(db: Db, { orgId }: Seeded, day: Day): Promise<void> {
  const before = sql`r.org_id = ${orgId}::uuid and r.day = ${addDays(day, -7)}::date`
  await db.query(sql`
    insert into place_day (org_id, store_id, day, ${listed})
    select org_id, store_id, day + 7, ${listed} from place_day r where ${before}`)
  await db.query(sql`
    insert into place_hour (org_id, store_id, hour, day, ${listed})
    select org_id, store_id, hour + interval '7 days', day + 7, ${listed} from place_hour r where ${before}`)
}

/** How many values each dimension has in a store, and how many more in the organisation. */
const dimensions: { name: string; inStore: number; inAll: number; value: Sql }[] = [
  { name: "acquirer", inStore: acquirers, inAll: acquirers, value: sql`v::text` },
  { name: "model", inStore: 2, inAll: models, value: sql`v::text` },
  { name: "release", inStore: 2, inAll: 6, value: sql`'5.' || v` },
  { name: "issuer", inStore: 6, inAll: 60, value: sql`'6222' || v` },
  { name: "entryMode", inStore: 3, inAll: 4, value: sql`(array['chip', 'contactless', 'swipe', 'qr'])[v]` },
  { name: "code", inStore: 6, inAll: 40, value: sql`'unionpay:' || v` },
  { name: "operator", inStore: 4, inAll: 4, value: sql`s.id || ':0' || v` },
]

/** In each value some sales that did not fail, and failures of three causes. */
async function addSegments(db: Db, seeded: Seeded, today: Day): Promise<void> {
  const stores = Array.from({ length: Math.ceil(seeded.stores / oneOf) }, (_, i) => 2 + i * oneOf)
  const all = [...new Set([...stores, ...storesOfLimited(seeded)])]
  for (const { name, inStore, inAll, value } of dimensions) {
    const add = (ids: readonly number[], values: number, share: number) =>
      db.query(sql`
        insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
          failures, raw_attempts, raw_failures)
        select ${seeded.orgId}::uuid, s.id, ${today}::date + d, ${name}, ${value}, cause, subcause,
               sales * ${share}::int, failures * ${share}::int, sales * ${share}::int,
               failures * ${share}::int
          from unnest(${[...ids]}::bigint[]) s (id)
         cross join generate_series(${-daysBack}::int, ${daysAhead}::int) d
         cross join generate_series(1, ${values}::int) v
         cross join (values ('', '', 60, 0), ('card', 'funds', 2, 2), ('device', 'printer', 1, 1),
                            ('system', 'host', 1, 1)) kind (cause, subcause, sales, failures)`)
    await add(all, inStore, 1)
    if (name === "operator") await sumOperators(db, seeded)
    else await add([0], inAll, Math.ceil(seeded.stores / inAll))
  }
}

/** An operator belongs to one store, so the organisation has as many as all stores. */
const sumOperators = (db: Db, { orgId }: Seeded) =>
  db.query(sql`
    insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments, failures,
      raw_attempts, raw_failures)
    select org_id, 0, day, dimension, value, cause, subcause, presentments, failures, raw_attempts,
           raw_failures
      from segment_day where org_id = ${orgId}::uuid and dimension = 'operator' and store_id <> 0`)
