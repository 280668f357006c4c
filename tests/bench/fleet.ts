import sql, { type Sql } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { fillPlaces } from "@/lib/rollups/fold/fill-places"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"

const perStore = 3

/**
 * Creates an organisation with this many active terminals, and rollups of this many days as the fold makes
 * them: heartbeats in nearly every hour and sales every day. Stores have about forty different opening hours,
 * some with exceptions.
 */
export async function givenRolledUpFleet({
  terminals,
  days,
}: {
  terminals: number
  days: number
}): Promise<Organisation> {
  const organisation = await givenOrganisation()
  const org = sql`${organisation.orgId}::uuid`
  const stores = Math.ceil(terminals / perStore)
  await asWorker(async (db) => {
    await addMasterData(db, org, { terminals, stores })
    await placeTerminals(db, org, stores)
    await addHours(db, org, days)
    await addDays(db, org, days)
    await addModels(db, org, days)
    await addFlags(db, org, days)
  })
  await asWorker((db) =>
    db.query(sql`update organisation set places_from = current_date + 3 where id = ${org}`),
  )
  await fillPlaces()
  await asOwner((client) => client.query("vacuum (analyze)"))
  return organisation
}

async function addMasterData(db: Db, org: Sql, { terminals, stores }: { terminals: number; stores: number }) {
  await db.query(
    sql`
        insert into acquirer (org_id, code, name, fee_percent, currency) select ${org}, 'a' || n,
          'Acquirer ' || n, 0.5, 'CNY' from generate_series(1, 3) n`,
  )
  await db.query(
    sql`
        insert into supplier (org_id, name, is_manufacturer, is_supplier, warranty_months) select ${org},
          'Supplier ' || n, true, true, 12 * n from generate_series(1, 4) n`,
  )
  await db.query(
    sql`
        insert into terminal_model (org_id, name, manufacturer_id) select org_id, name || ' model ' || n, id
        from supplier cross join generate_series(1, 2) n where org_id = ${org}`,
  )
  await db.query(sql`
      insert into store (org_id, code, name, time_zone, opening_hours, hours_exceptions)
      select ${org}, 'S' || n, 'Store ' || n,
             (array['Asia/Shanghai', 'Asia/Shanghai', 'Asia/Urumqi', 'Asia/Kolkata'])[1 + n % 4],
             (select jsonb_object_agg(day,
               jsonb_build_array(jsonb_build_array(lpad((6 + n % 5)::text, 2, '0') || ':00',
                 lpad((20 + n % 8 / 2)::text, 2, '0') || ':30')))
                from unnest(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) day),
             case when n % 9 = 0 then jsonb_build_object((current_date - 6)::text, '[]'::jsonb) else '{}' end
        from generate_series(1, ${stores}::int) n`)
  await db.query(sql`
      insert into terminal (org_id, serial, model_id, supplier_id)
      select ${org}, 'SN' || n, m.id, m.manufacturer_id
        from generate_series(1, ${terminals}::int) n
        join (select id, manufacturer_id, row_number() over (order by id) - 1 as place from terminal_model
          where org_id = ${org}) m on m.place = n % 8`)
}

/** Assigns stores, TIDs and status, and makes the temporary table `placed` of terminals with their places. */
async function placeTerminals(db: Db, org: Sql, stores: number) {
  await db.query(sql`
      create temporary table placed on commit drop as
      select t.id as terminal_id, t.model_id, s.id as store_id, s.time_zone, a.id as acquirer_id
        from (select id, model_id, row_number() over (order by id) as place from terminal
          where org_id = ${org}) t
        join (select id, time_zone, row_number() over (order by id) as place from store where org_id = ${org}
          and not is_unassigned) s on s.place = 1 + t.place % ${stores}::int
        join (select id, row_number() over (order by id) - 1 as place from acquirer where org_id = ${org}) a
          on a.place = t.place % 3`)
  await db.query(
    sql`
        insert into terminal_store (org_id, terminal_id, store_id, from_at) select ${org}, terminal_id,
          store_id, '1970-01-01' from placed`,
  )
  await db.query(
    sql`
        insert into terminal_status (org_id, terminal_id, status, from_at) select ${org}, terminal_id,
          'active', '1970-01-01' from placed`,
  )
  await db.query(
    sql`
        insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at) select ${org}, terminal_id,
          acquirer_id, 'T' || terminal_id, '1970-01-01' from placed`,
  )
  await db.query(sql`
      insert into terminal_state (terminal_id, org_id, online_state, online_state_since, last_beat_at,
        last_received_at)
      select terminal_id, ${org}, 'online', now(), now(), now() from placed`)
}

async function addHours(db: Db, org: Sql, days: number) {
  await db.query(sql`
      insert into terminal_hour (terminal_id, hour, day, store_id, org_id, model_id, app_release, beats,
        max_gap_seconds, battery_min_pct, temperature_max_c, signal_sum_mdbm, signal_count, latency_sum_us,
        latency_count, storage_max_pct, chip_reads, chip_failures, presentments, failures, device,
        raw_attempts, raw_failures)
      select terminal_id, hour, (hour at time zone time_zone)::date, store_id, ${org}, model_id, '5.2.1', 4,
             900, 80, 35, -240000, 4, 400000, 4, 41, 6, 0, 6, 1, 0, 6, 1
        from placed
       cross join generate_series(date_trunc('day', now()) - ${days}::int * interval '1 day',
         date_trunc('hour', now()), interval '1 hour') hour
       where hashint8(terminal_id * 100003 + extract(epoch from hour)::bigint / 3600) % 40 <> 0
       order by hour, terminal_id`)
}

async function addDays(db: Db, org: Sql, days: number) {
  await db.query(sql`
      insert into terminal_day (terminal_id, day, store_id, org_id, model_id, beats, presentments, failures,
        device, card, raw_attempts, raw_failures)
      select terminal_id, day, store_id, ${org}, model_id, 94, 80, 6, 1, 5, 90, 8
        from placed
        cross join generate_series(current_date - ${days}::int, current_date, interval '1 day') day`)
  await db.query(sql`
      insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
        failures, raw_attempts, raw_failures)
      select ${org}, stores.id, day, 'acquirer', a.id::text, kind.cause, '', 80, case kind.cause
        when '' then 0 else 80 end, 90, 0
        from (select distinct store_id as id from placed union all select 0) stores
       cross join (select id from acquirer where org_id = ${org}) a
       cross join generate_series(current_date - ${days}::int, current_date, interval '1 day') day
       cross join unnest(array['', 'device', 'card', 'operator', 'system']) kind (cause)`)
}

const addModels = (db: Db, org: Sql, days: number) =>
  db.query(sql`
      insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
        failures, raw_attempts, raw_failures)
      select ${org}, s.id, day, 'model', p.model_id::text, kind.cause, '', count(*) * kind.sales,
             case kind.cause when '' then 0 else count(*) * kind.sales end, count(*) * kind.sales, 0
        from placed p
       cross join unnest(array[p.store_id, 0]) as s (id)
       cross join generate_series(current_date - ${days}::int, current_date, interval '1 day') day
       cross join (values ('', 74), ('device', 1), ('card', 5)) as kind (cause, sales)
       group by s.id, day, p.model_id, kind.cause, kind.sales`)

const addFlags = (db: Db, org: Sql, days: number) =>
  db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        closed_at, evaluated_at, reasons)
      select ${org}, 'maintenance', 'silent', 'terminal:' || terminal_id, terminal_id, store_id, 'closed',
             opened_at, opened_at, opened_at + interval '5 hours', now(), '[]'
        from placed
        cross join lateral (select now() - (terminal_id % ${days}::int) * interval '1 day' as opened_at) at
       where terminal_id % 3 = 0`)
