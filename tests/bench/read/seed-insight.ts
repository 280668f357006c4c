import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { qualityKindNames } from "@/lib/outlook/data-quality/words"
import { classCount } from "@/lib/rollups/speeds/classes"
import { storesOfLimited } from "@/tests/bench/read/seed-access"
import { acquirers, openHours, perStore } from "@/tests/bench/read/seed-fleet"
import type { Seeded } from "@/tests/bench/read/seeded"

/** What is kept by day reaches so far back, and of single terminals there are those of one in so many. */
const [daysBack, oneOf] = [35, 20]
const failedDays = 7
const rehearsedDays = 90
const qualityDays = 56

/** What rounds and nights keep: availability, speeds, lost sales, verdicts, findings and rehearsals. */
export async function addInsight(db: Db, seeded: Seeded): Promise<void> {
  const org = sql`${seeded.orgId}::uuid`
  await addAvailability(db, org, seeded)
  await addLost(db, org, seeded)
  await addSpeeds(db, org, seeded)
  await addVerdicts(db, org, seeded)
  await addFindings(db, org, seeded)
  await addRehearsals(db, org, seeded)
  await addWear(db, org, seeded)
  await addStandings(db, org, seeded)
  await settleNights(db, org)
  await db.query(sql`
    insert into data_quality_day (org_id, day, kind, count)
    select ${org}, current_date - back, kind, back
      from generate_series(0, ${qualityDays - 1}::int) back
     cross join unnest(${qualityKindNames}::text[]) kind`)
}

/** Days `d.day` of the organisation (0, 0), all stores (0, id) and some terminals (id, store). */
const places = ({ stores, terminals }: Seeded): Sql => sql`
  (select 0::bigint as terminal, 0::bigint as store
    union all
   select 0, 1 + n from generate_series(1, ${stores}::bigint) n
    union all
   select n, 2 + (n - 1) / ${perStore}::int
     from generate_series(1, ${terminals}::bigint, ${oneOf}::bigint) n) p
   cross join (select current_date - back as day from generate_series(0, ${daysBack}::int) back) d`

const addAvailability = (db: Db, org: Sql, seeded: Seeded) =>
  db.query(sql`
    insert into availability_day (org_id, terminal_id, store_id, day, open_hours, down_device, down_line,
      down_site, down_unknown, failing_device, failing_system)
    select ${org}, terminal, store, day, ${openHours}::int, 1, 0, 0, 1, 0, 1 from ${places(seeded)}`)

const addLost = (db: Db, org: Sql, seeded: Seeded) =>
  db.query(sql`
    insert into lost_day (org_id, terminal_id, store_id, day, cause, currency, sales, lost_minor)
    select ${org}, terminal, store, day, cause, 'CNY', 3, 4500
      from ${places(seeded)} cross join unnest(array['device', 'system']) cause`)

/** Stores' own speeds, and those by what sales went through of one store in so many. */
async function addSpeeds(db: Db, org: Sql, seeded: Seeded): Promise<void> {
  const stores = [
    ...new Set([
      0,
      ...Array.from({ length: Math.ceil(seeded.stores / oneOf) }, (_, i) => 2 + i * oneOf),
      ...storesOfLimited(seeded),
    ]),
  ]
  const insert = (chosen: Sql, values: Sql) =>
    db.query(sql`
      insert into speed_day (org_id, store_id, day, dimension, value, counts)
      select ${org}, s.id, current_date - back, g.dimension, g.value, array_fill(3, array[${classCount}::int])
        from ${chosen} s (id)
       cross join generate_series(1, ${daysBack}::int) back
       cross join (${values}) g (dimension, value)`)
  await insert(
    sql`(select 1 + n from generate_series(1, ${seeded.stores}::bigint) n union all select 0)`,
    sql`values ('store', '')`,
  )
  await insert(
    sql`unnest(${stores}::bigint[])`,
    sql`
      select 'acquirer', n::text from generate_series(1, ${acquirers}::int) n
      union all select 'issuer', '6222' || n from generate_series(1, 6) n
      union all select 'release', '5.' || n from generate_series(1, 2) n`,
  )
}

/** Half the terminals have a failed sale on each of the last days. All failed sales are judged. */
async function addVerdicts(db: Db, org: Sql, { terminals }: Seeded): Promise<void> {
  await db.query(sql`
    insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, code_system, code, entry_mode,
      amount_minor, currency, acquirer_id, operator, duration_ms)
    select n, 'failed ' || back, now() - back * interval '1 day' - (n % 86400) * interval '1 second',
           ${org}, n, 'failed', 'unionpay', '91', 'chip', 1200, 'CNY', 1 + n % ${acquirers}::int, '02', 900
      from generate_series(1, ${terminals}::bigint, 2) n
     cross join generate_series(0, ${failedDays - 1}::int) back`)
  await db.query(sql`
    insert into verdict (terminal_id, at, id, org_id, happened_at, store_id, kind, entry_mode, issuer,
      operator, acquirer_id, code, subcause, release, lost_minor, currency, version, cause, p_device, p_card,
      p_operator, p_system, judged_at, due_at)
    select terminal_id, at, id, org_id, at, 2 + (terminal_id - 1) / ${perStore}::int, 'host', entry_mode,
           '622200', 2 + (terminal_id - 1) / ${perStore}::int || ':' || operator, acquirer_id,
           code_system || ':' || code, 'unmapped', '', amount_minor, currency, 1,
           (array['device', 'card', 'system', 'system'])[1 + terminal_id % 4], .2, .2, .1, .5, now(), null
      from transaction
     where org_id = ${org} and outcome in ('failed', 'declined') and at > now() - interval '36 days'`)
}

/** Some terminals were in repair, and of some flags is known what was found, done and asked for. */
async function addFindings(db: Db, org: Sql, { terminals, stores }: Seeded): Promise<void> {
  await db.query(sql`
    insert into terminal_status (org_id, terminal_id, status, from_at, to_at)
    select ${org}, n, s.status, s.from_at, s.to_at
      from generate_series(7, ${terminals}::bigint, 10) n
     cross join (values ('active', timestamptz '2023-01-01', timestamptz '2023-09-01'),
                        ('in_repair', '2023-09-01', '2024-01-01')) s (status, from_at, to_at)`)
  await db.query(sql`
    insert into finding (org_id, flag_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
    select org_id, id, 'chip_reader', subject, terminal_id, store_id,
           case when id % 5 = 0 then 'no_fault_found' else 'fixed' end, opened_at + interval '3 hours',
           'user 1'
      from flag where org_id = ${org} and status = 'closed' and id % 3 = 0`)
  await db.query(sql`
    insert into flag_event (org_id, flag_id, store_id, at, by, change)
    select org_id, id, store_id, opened_at + interval '1 hour', 'user 1', '{"what": "acknowledge"}'
      from flag where org_id = ${org}`)
  await db.query(sql`
    insert into remote_action (org_id, flag_id, terminal_id, store_id, action, state, asked_at, asked_by,
      due_at)
    select org_id, id, terminal_id, store_id, 'restart', case when id % 50 = 0 then 'asked' else 'helped' end,
           opened_at, 'user 1', now() + interval '9 days'
      from flag where org_id = ${org} and id % 5 = 0`)
  await db.query(sql`
    insert into maintenance_window (org_id, reason, place_kind, place_id, starts, ends, made_by)
    select ${org}, 'reason ' || n, 'store', 1 + n, localtimestamp + (n - 500) * interval '1 day',
           localtimestamp + (n - 499) * interval '1 day', 'user 1'
      from generate_series(1, ${Math.min(stores, 1_000)}::int) n`)
  await db.query(sql`
    insert into training (org_id, store_id, operator, subject, held_on, recorded_by)
    select ${org}, 1 + n, '01', 'subject ' || n % 9, current_date - n % 90, 'user 1'
      from generate_series(1, ${stores}::int) n`)
}

async function addRehearsals(db: Db, org: Sql, { terminals }: Seeded): Promise<void> {
  await db.query(
    sql`update organisation set rehearsed_from = current_date - ${rehearsedDays}::int where id = ${org}`,
  )
  await db.query(sql`
    insert into rehearsed_flag (org_id, opened_on, step, rule, terminal_id, store_id)
    select ${org}, current_date - back, step, 'chip_reader', n, 2 + (n - 1) / ${perStore}::int
      from generate_series(1, ${rehearsedDays}::int) back
     cross join generate_series(0, 4) step
     cross join lateral generate_series(1 + 13 * back, ${terminals}::bigint, 4000 / (1 + step)) n`)
}

/** The last week of all terminals is taken in. Some have weeks to show. */
const addWear = (db: Db, org: Sql, { terminals }: Seeded) =>
  db.query(sql`
    insert into terminal_wear (terminal_id, org_id, week, weeks, trends, signal_dbm)
    select n, ${org}, date_trunc('week', now())::date - 7,
           case when n % ${oneOf}::int = 1 then (
             select jsonb_agg(jsonb_build_object('week', date_trunc('week', now())::date - 7 * back,
                      'battery', 60 + back, 'storage', 40, 'signal', -60, 'printerLines', null,
                      'chipReads', 100000 - 700 * back))
               from generate_series(1, 26) back) else '[]' end, '{}', -60
      from generate_series(1, ${terminals}::bigint) n`)

/** The round ranks no terminal again in the next days. */
const addStandings = (db: Db, org: Sql, { terminals }: Seeded) =>
  db.query(sql`
    insert into terminal_standing (terminal_id, org_id, worst_rank, best_rank, open_flags, until_at)
    select n, ${org}, hashint8(n) & 511, 512 + (hashint8(n) & 255), (n % 33 = 0)::int,
           now() + interval '9 days'
      from generate_series(1, ${terminals}::bigint) n`)

/** The worker settles no night in the next days, of which each would take it minutes. */
const settleNights = (db: Db, org: Sql) =>
  db.query(sql`
    insert into engine_state (org_id, settled_on, settled_at, state)
    values (${org}, current_date + 9, now(), '')`)
