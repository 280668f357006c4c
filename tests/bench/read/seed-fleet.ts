import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Seeded } from "@/tests/bench/read/seeded"

export const perStore = 4
export const models = 8
export const acquirers = 3
const storesPerMerchant = 250
const regionsPerMerchant = 10

/** The zone of store `n`, and the UTC hour in which it opens: 09:00 or 09:30 of the store. */
export const zones = [
  { zone: "Asia/Shanghai", opensAt: 1 },
  { zone: "Asia/Kolkata", opensAt: 4 },
  { zone: "Europe/Berlin", opensAt: 8 },
] as const
export const openHours = 10

/** Master data of the catalogue, stores and terminals. */
export async function addFleet(db: Db, { orgId, terminals, stores }: Seeded): Promise<void> {
  const org = sql`${orgId}::uuid`
  await addCatalogue(db, org)
  await addStores(db, org, stores)
  await db.query(sql`
    insert into terminal (id, org_id, serial, model_id, supplier_id, bought_on, warranty_until, labels)
    select n, ${org}, 'SN' || lpad(n::text, 7, '0'), 1 + n % ${models}::int, 1 + n % 4,
           current_date - 900 + (n % 700)::int, current_date - 100 + (n % 900)::int,
           case when n % 20 = 0 then array['counter']
                when n % 20 = 1 then array['ring:' || n / ${perStore}::int % 3] else '{}' end
      from generate_series(1, ${terminals}::bigint) n`)
  await db.query(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    select ${org}, n, 2 + (n - 1) / ${perStore}::int, '2024-01-01'
      from generate_series(1, ${terminals}::bigint) n`)
  await db.query(sql`
    insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at)
    select ${org}, n, 1 + n % ${acquirers}::int, 'T' || lpad(n::text, 8, '0'), '2024-01-01'
      from generate_series(1, ${terminals}::bigint) n`)
  await db.query(sql`
    insert into terminal_status (org_id, terminal_id, status, from_at)
    select ${org}, n, case n % 50 when 10 then 'pending' when 20 then 'spare' when 30 then 'in_repair'
             when 40 then 'retired' else 'active' end, '2024-01-01'
      from generate_series(1, ${terminals}::bigint) n`)
  await addStates(db, org, terminals)
  await db.query(sql`update organisation set check_outages_at = 'infinity' where id = ${org}`)
  await moveSequences(db)
}

async function addCatalogue(db: Db, org: Sql): Promise<void> {
  await db.query(sql`
    insert into acquirer (id, org_id, code, name, fee_percent, currency)
    select n, ${org}, 'a' || n, 'Acquirer ' || n, 0.5, 'CNY' from generate_series(1, ${acquirers}::int) n`)
  await db.query(sql`
    insert into supplier (id, org_id, name, is_manufacturer, is_supplier, warranty_months)
    select n, ${org}, 'Supplier ' || n, true, true, 12 * n from generate_series(1, 4) n`)
  await db.query(sql`
    insert into terminal_model (id, org_id, name, manufacturer_id)
    select n, ${org}, 'Model ' || n, 1 + n % 4 from generate_series(1, ${models}::int) n`)
  await db.query(sql`
    insert into approval (org_id, model_id, kind, use_end_on, source, checked_on)
    select ${org}, n, 'pci_pts', current_date + 100 * n, 'PCI SSC list', current_date
      from generate_series(1, ${models}::int) n`)
  await db.query(sql`
    insert into release (org_id, component, version, released_on)
    select ${org}, 'app', '5.' || n, current_date - 30 * n from generate_series(1, 24) n`)
  await db.query(sql`
    insert into release_policy (org_id, component, minimum_version, due_on)
    values (${org}, 'app', '5.2', current_date + 30), (${org}, 'firmware', '1.1', null)`)
  await db.query(sql`
    insert into unmapped_code (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
    select ${org}, 'unionpay', 'Z' || n, now() - interval '9 days', now(), n from generate_series(1, 30) n`)
}

async function addStores(db: Db, org: Sql, stores: number): Promise<void> {
  const merchants = Math.ceil(stores / storesPerMerchant)
  await db.query(sql`
    insert into merchant (id, org_id, name, code)
    select n, ${org}, 'Merchant ' || n, 'M' || n from generate_series(1, ${merchants}::int) n`)
  await db.query(sql`
    insert into region (id, org_id, merchant_id, name)
    select n, ${org}, 1 + (n - 1) / ${regionsPerMerchant}::int, 'Region ' || n
      from generate_series(1, ${merchants * regionsPerMerchant}::int) n`)
  // About forty calendars, a tenth of them with a holiday.
  await db.query(sql`
    insert into store (id, org_id, merchant_id, region_id, code, name, time_zone, address, opening_hours,
      hours_exceptions)
    select 1 + n, ${org}, 1 + (n - 1) / ${storesPerMerchant}::int,
           1 + (n - 1) / ${storesPerMerchant / regionsPerMerchant}::int, 'S' || n, 'Store ' || n,
           (${zones.map(({ zone }) => zone)}::text[])[1 + n % 3], n || ' Nanjing Road',
           (select jsonb_object_agg(day, jsonb_build_array(jsonb_build_array(
                     '09:' || lpad((30 + n % 5)::text, 2, '0'), '19:' || lpad((30 + n % 8)::text, 2, '0'))))
              from unnest(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) day),
           case when n % 10 = 0 then jsonb_build_object((current_date - 6)::text, '[]'::jsonb) else '{}' end
      from generate_series(1, ${stores}::int) n`)
}

/** Those that are not in service have never sent a heartbeat. */
async function addStates(db: Db, org: Sql, terminals: number): Promise<void> {
  await db.query(sql`
    insert into terminal_state (terminal_id, org_id, next_state_at, next_look_at)
    select n, ${org}, null, null
      from generate_series(1, ${terminals}::bigint) n where n % 50 in (20, 30, 40)`)
  await db.query(sql`
    insert into terminal_state (terminal_id, org_id, online_state, online_state_since, last_beat_at,
      last_received_at, last_sale_at, learnt_interval_seconds, next_state_at, next_look_at, battery_pct,
      network_type, signal_dbm, latency_ms, pinpad_ok, reader_ok, security_ok, os, firmware, app)
    select n, ${org}, (array['offline', 'late', 'suspect', 'online'])[least(4, 1 + n % 40)],
           now() - interval '3 days', now() - interval '5 minutes', now() - interval '5 minutes',
           now() - interval '20 minutes', 3600, null, null, 80, '4g', -71, 120, true, true, n % 100 <> 1,
           '10', '1.' || n % 3, '5.' || n % 6
      from generate_series(1, ${terminals}::bigint) n
     where n % 50 not in (20, 30, 40)`)
}

/** The next ids follow those that were given. */
async function moveSequences(db: Db): Promise<void> {
  for (const table of ["acquirer", "supplier", "terminal_model", "merchant", "region", "store", "terminal"])
    await db.query(sql`
      select setval(pg_get_serial_sequence(${table}, 'id'), 10000000)`)
}
