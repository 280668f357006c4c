import sql, { type Sql } from "sql-template-tag"
import { byInsert } from "@/lib/base/db/by-insert"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

const given = (rows: string) => sql`
  jsonb_to_recordset(${rows}::jsonb) as g (serial text, tid text, acquirer text, model text, status text,
    merchant text, region text,
    store text, "storeName" text, "timeZone" text, address text, "openingHours" jsonb)`

/** Existing stores that the rows give other hours. */
export const storesWithNewHours = (db: Db, rows: string) =>
  db.query<{ id: number }>(sql`
    select distinct s.id
      from ${given(rows)}
      join store s on s.code = g.store and s.opening_hours is distinct from g."openingHours"
     where g."openingHours" is not null`)

/**
 * Adds the merchants, regions, stores, models and acquirers that the rows name, and fills in missing
 * values.
 */
export const upsertPlaces = async (db: Db, rows: string): Promise<void> => {
  const [zone] = await db.query<{ time_zone: string }>(
    sql`select time_zone from organisation where id = ${ownOrg}`,
  )
  await db.query(sql`
    insert into merchant (org_id, name)
    select distinct ${ownOrg}, g.merchant from ${given(rows)} where g.merchant is not null order by 2
    on conflict (org_id, name) do nothing`)
  await db.query(sql`
    insert into region (org_id, merchant_id, name)
    select distinct ${ownOrg}, m.id, g.region from ${given(rows)} join merchant m on m.name = g.merchant
    where g.region is not null order by 2, 3
    on conflict (org_id, merchant_id, name) do nothing`)
  await db.query(sql`
    insert into store as s (org_id, code, name, merchant_id, region_id, time_zone, address, opening_hours)
    select distinct on (g.store) ${ownOrg}, g.store, coalesce(g."storeName", g.store), m.id, r.id,
           coalesce(g."timeZone", ${zone?.time_zone ?? "UTC"}), g.address,
           g."openingHours"
      from ${given(rows)}
      left join merchant m on m.name = g.merchant
      left join region r on r.merchant_id = m.id and r.name = g.region
     where g.store is not null
     order by g.store
    on conflict (org_id, code) do update
       set name = case when excluded.name = excluded.code then s.name else excluded.name end,
           merchant_id = coalesce(excluded.merchant_id, s.merchant_id),
           -- A region belongs to one merchant, so a store with a new merchant loses its region.
           region_id = coalesce(excluded.region_id,
             case when coalesce(excluded.merchant_id,
               s.merchant_id) is not distinct from s.merchant_id then s.region_id end),
           address = coalesce(excluded.address, s.address),
           opening_hours = coalesce(excluded.opening_hours, s.opening_hours)`)
  await db.query(sql`
    insert into terminal_model (org_id, name)
    select distinct ${ownOrg}, g.model from ${given(rows)} where g.model is not null order by 2
    on conflict (org_id, name) do nothing`)
  await db.query(sql`
    insert into acquirer (org_id, code, name)
    select distinct ${ownOrg}, g.acquirer, g.acquirer from ${given(rows)} where g.acquirer is not null
    order by 2
    on conflict (org_id, code) do nothing`)
}

/**
 * Writes terminals and their assignments; see `upsertTerminals`. `lateral (select ... limit 1)` looks up
 * each terminal by index. `not exists` would scan all assignments while a new table has no statistics.
 */
export const upsertTerminalRows = async (
  db: Db,
  rows: string,
): Promise<{ created: number; changed: number; touched: number[] }> => {
  const ids = await addTerminals(db, rows)
  const remodelled = await changeModels(db, rows)
  // A new terminal counts as present from the beginning.
  const from = sql`
    case when t.id = any(${ids}::bigint[]) then timestamptz '1970-01-01 00:00+00' else now() end`
  const moved = await writeStores(db, rows, { ids, from })
  const restated = await writeStatuses(db, rows, from)
  const retitled = await writeTids(db, rows, from)
  return {
    created: ids.length,
    changed: moved.length + restated.length,
    touched: [...ids, ...remodelled, ...moved, ...restated, ...retitled],
  }
}

type Changed = { id: number }
const idsOf = (rows: Changed[]): number[] => rows.map(({ id }) => id)

/** Adds missing terminals. */
async function addTerminals(db: Db, rows: string): Promise<number[]> {
  const created = await db.query<Changed>(sql`
    insert into terminal (org_id, serial, model_id)
    select ${ownOrg}, g.serial, m.id from ${given(rows)} left join terminal_model m on m.name = g.model
    order by 2
    on conflict do nothing
    returning id`)
  return idsOf(created)
}

async function changeModels(db: Db, rows: string): Promise<number[]> {
  const changed = await db.query<Changed>(sql`
    update terminal t set model_id = m.id
      from ${given(rows)} join terminal_model m on m.name = g.model
     where t.serial = g.serial and t.model_id is distinct from m.id
    returning t.id`)
  return idsOf(changed)
}

/** Ends and begins stores. Returns the terminals that moved. */
async function writeStores(
  db: Db,
  rows: string,
  { ids, from }: { ids: number[]; from: Sql },
): Promise<number[]> {
  const moved = await db.query<Changed>(sql`
    update terminal_store p set to_at = now()
      from (
        select t.id, coalesce(s.id, case when t.id = any(${ids}::bigint[]) then u.id end) as store_id
          from ${given(rows)}
          join terminal t on t.serial = g.serial
          left join store s on s.code = g.store
          left join store u on u.is_unassigned) target
     where p.terminal_id = target.id and p.to_at is null and p.store_id <> target.store_id
       and p.from_at < now()
    returning p.terminal_id as id`)
  await db.query(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    select ${ownOrg}, t.id, coalesce(s.id, u.id), ${from}
      from ${given(rows)} join terminal t on t.serial = g.serial left join store s on s.code = g.store
      left join store u on u.is_unassigned
      left join lateral (select p.id from terminal_store p where p.terminal_id = t.id and p.to_at is null
        limit 1) p on true
     where p.id is null
    ${byInsert}`)
  return idsOf(moved)
}

/** Ends and begins statuses. Returns the terminals that had another one. */
async function writeStatuses(db: Db, rows: string, from: Sql): Promise<number[]> {
  const changed = await db.query<Changed>(sql`
    update terminal_status u set to_at = now()
      from ${given(rows)} join terminal t on t.serial = g.serial
     where u.terminal_id = t.id and u.to_at is null and g.status is not null and u.status <> g.status
       and u.from_at < now()
    returning u.terminal_id as id`)
  await db.query(sql`
    insert into terminal_status (org_id, terminal_id, status, from_at)
    select ${ownOrg}, t.id, coalesce(g.status, 'active'), ${from}
      from ${given(rows)} join terminal t on t.serial = g.serial
      left join lateral (select u.id from terminal_status u where u.terminal_id = t.id and u.to_at is null
        limit 1) u on true
     where u.id is null
    ${byInsert}`)
  return idsOf(changed)
}

/** Ends and begins TIDs. A retired terminal has none. Returns the terminals that lost or got one. */
async function writeTids(db: Db, rows: string, from: Sql): Promise<number[]> {
  const ended = await db.query<Changed>(sql`
    update terminal_tid a set to_at = now()
      from ${given(rows)} join terminal t on t.serial = g.serial
     where g.status = 'retired' and a.terminal_id = t.id and a.to_at is null and a.from_at < now()
    returning a.terminal_id as id`)
  // A swap moves the TID, so end it for the terminal that had it.
  const lost = await db.query<Changed>(sql`
    update terminal_tid a set to_at = now()
      from ${given(rows)} join terminal t on t.serial = g.serial left join acquirer q on q.code = g.acquirer
     where a.tid = g.tid and a.acquirer_id is not distinct from q.id and a.to_at is null
       and a.terminal_id <> t.id and a.from_at < now()
       and (select u.status from terminal_status u where u.terminal_id = t.id and u.to_at is null
         limit 1) <> 'retired'
    returning a.terminal_id as id`)
  const begun = await db.query<Changed>(sql`
    insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at)
    select ${ownOrg}, t.id, q.id, g.tid, case when known.id is not null then now() else ${from} end
      from ${given(rows)} join terminal t on t.serial = g.serial left join acquirer q on q.code = g.acquirer
      left join lateral (select u.status from terminal_status u where u.terminal_id = t.id
        and u.to_at is null limit 1) u on true
      left join lateral (select a.id from terminal_tid a where a.tid = g.tid limit 1) known on true
      left join lateral (select a.id from terminal_tid a where a.tid = g.tid
        and a.acquirer_id is not distinct from q.id and a.to_at is null limit 1) current on true
     where g.tid is not null and u.status <> 'retired' and current.id is null
    ${byInsert}
    returning terminal_id as id`)
  return idsOf([...ended, ...lost, ...begun])
}

export type MasterData = {
  id: number
  serial: string
  model: string | null
  store: string | null
  status: string | null
  tids: string[]
}

/** The current master data of terminals, for audit entries. */
export const masterData = (db: Db, serials: string[]) =>
  db.query<MasterData>(sql`
  select t.id, t.serial, m.name as model, s.code as store, u.status,
         array(select a.tid from terminal_tid a where a.terminal_id = t.id and a.to_at is null
           order by a.tid) as tids
    from terminal t
    left join terminal_model m on m.id = t.model_id
    left join terminal_store p on p.terminal_id = t.id and p.to_at is null
    left join store s on s.id = p.store_id
    left join terminal_status u on u.terminal_id = t.id and u.to_at is null
   where t.serial = any(${serials}::text[])`)
