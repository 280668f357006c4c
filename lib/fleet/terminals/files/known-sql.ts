import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { KnownStore, KnownTerminal } from "@/lib/fleet/terminals/files/known"
import { purchase } from "@/lib/fleet/terminals/purchase/purchase-sql"

/** Looks up each serial number by index, even if the planner's statistics lag behind a file. */
export const knownTerminals = (db: Db, serials: string[]) =>
  db.query<KnownTerminal>(sql`
  select t.serial, t.labels, m.name as model, u.status, s.code as store, ${purchase},
         coalesce((select jsonb_agg(jsonb_build_object('acquirer', q.code, 'tid', a.tid) order by a.id)
                     from terminal_tid a left join acquirer q on q.id = a.acquirer_id
                    where a.terminal_id = t.id and a.to_at is null), '[]') as tids
    from terminal t
    left join terminal_model m on m.id = t.model_id
    left join supplier sp on sp.id = t.supplier_id
    left join lateral (select p.store_id from terminal_store p where p.terminal_id = t.id and p.to_at is null
      limit 1) p on true
    left join store s on s.id = p.store_id
    left join lateral (select u.status from terminal_status u where u.terminal_id = t.id and u.to_at is null
      limit 1) u on true
   where t.serial = any(${serials}::text[])`)

/** Finds stores by code or by name. */
export const knownStores = (db: Db, { codes, names }: { codes: string[]; names: string[] }) =>
  db.query<KnownStore>(sql`
  select s.code, s.name, m.name as merchant, r.name as region, s.time_zone as "timeZone", s.address,
         s.opening_hours as "openingHours", s.is_unassigned as "isUnassigned",
         exists (select from terminal_store p where p.store_id = s.id) as "hasHistory"
    from store s
    left join merchant m on m.id = s.merchant_id
    left join region r on r.id = s.region_id
   where s.code = any(${codes}::text[]) or s.name = any(${names}::text[])`)

export const knownRegions = (db: Db, merchants: string[]) =>
  db.query<{ merchant: string; region: string | null }>(sql`
  select m.name as merchant, r.name as region from merchant m left join region r on r.merchant_id = m.id
  where m.name = any(${merchants}::text[])`)

export const knownModels = (db: Db, names: string[]) =>
  db.query<{ name: string }>(sql`select name from terminal_model where name = any(${names}::text[])`)

export const knownAcquirers = (db: Db, words: string[]) =>
  db.query<{ code: string; name: string }>(sql`
  select code, name from acquirer where code = any(${words}::text[]) or name = any(${words}::text[])`)

export const tidHolders = (db: Db, tids: string[]) =>
  db.query<{ acquirer: string | null; tid: string; serial: string }>(sql`
  select q.code as acquirer, a.tid, t.serial
    from terminal_tid a
    join terminal t on t.id = a.terminal_id
    left join acquirer q on q.id = a.acquirer_id
   where a.tid = any(${tids}::text[]) and a.to_at is null`)

/** Updates existing stores with the values of the rows. Returns their ids. */
export const updateStores = (db: Db, stores: KnownStore[]) =>
  db.query<{ id: number }>(sql`
  update store s
     set name = g.name, merchant_id = m.id, region_id = r.id, time_zone = g."timeZone", address = g.address,
         opening_hours = g."openingHours"
    from jsonb_to_recordset(${JSON.stringify(stores)}::jsonb)
           as g (code text, name text, merchant text, region text, "timeZone" text, address text,
             "openingHours" jsonb)
    left join merchant m on m.name = g.merchant
    left join region r on r.merchant_id = m.id and r.name = g.region
   where s.code = g.code
  returning s.id`)

export const relabel = (db: Db, rows: string) =>
  db.query(sql`
  update terminal t set labels = array(select jsonb_array_elements_text(g.labels))
    from jsonb_to_recordset(${rows}::jsonb) as g (serial text, labels jsonb)
   where t.serial = g.serial and g.labels is not null`)

/**
 * Ends TIDs that a new TID of the same terminal replaces: those of the same acquirer and those without one.
 * Returns the terminals.
 */
export const releaseTids = (db: Db, rows: string) =>
  db.query<{ id: number }>(sql`
  update terminal_tid a set to_at = now()
    from jsonb_to_recordset(${rows}::jsonb) as g (serial text, tid text, acquirer text)
    join terminal t on t.serial = g.serial
    left join acquirer q on q.code = g.acquirer
   where a.terminal_id = t.id and a.to_at is null and g.tid is not null
     and (a.acquirer_id is not distinct from q.id or a.acquirer_id is null)
     and (a.tid <> g.tid or a.acquirer_id is distinct from q.id)
  returning a.terminal_id as id`)
