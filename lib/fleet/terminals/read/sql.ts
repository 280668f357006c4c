import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { within } from "@/lib/fleet/catalogue/within"
import { joinedMasters } from "@/lib/fleet/terminals/read/filter-sql"
import type { TerminalStatus } from "@/lib/fleet/terminals/words"

export type Named = { id: number; name: string }
export const merchantNames = (db: Db) =>
  db.query<Named>(sql`select id, name from merchant order by name limit 1000`)
export const namesOfStores = (db: Db) =>
  db.query<Named>(sql`select id, name from store order by name limit 5000`)
export const modelNames = (db: Db) =>
  db.query<Named>(sql`select id, name from terminal_model order by name limit 1000`)

export const supplierNames = (db: Db) =>
  db.query<Named>(sql`select id, name from supplier where is_supplier order by name limit 1000`)
export const acquirerNames = (db: Db) =>
  db.query<Named>(sql`select id, name from acquirer order by name limit 1000`)

/** Labels in use, in the actor's reach. */
export const labelNames = (db: Db, stores: readonly number[] | null) =>
  db.query<{ label: string }>(sql`
  select distinct l.label
    from terminal t cross join unnest(t.labels) as l (label)
   where t.org_id = ${ownOrg} ${within(sql`t.id`, stores)}
   order by 1 limit 1000`)

export type ExportRow = {
  serial: string
  tid: string | null
  acquirer: string | null
  model: string | null
  status: TerminalStatus
  merchant: string | null
  region: string | null
  store: string
  storeName: string
  timeZone: string
  address: string | null
  labels: string[]
  supplier: string | null
  boughtOn: string | null
  warrantyUntil: string | null
}

/** Master data of these terminals, in the given order, with the first of several TIDs. */
export const exportRows = (db: Db, ids: number[]) =>
  db.query<ExportRow>(sql`
  select t.serial, a.tid, a.acquirer, tm.name as model, u.status, m.name as merchant, r.name as region,
         s.code as store, s.name as "storeName",
         s.time_zone as "timeZone", s.address, coalesce(t.labels, '{}') as labels, sp.name as supplier,
         t.bought_on as "boughtOn", t.warranty_until as "warrantyUntil"
    from unnest(${ids}::bigint[]) with ordinality as listed (id, place)
    join terminal t on t.id = listed.id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id
    left join merchant m on m.id = s.merchant_id
    left join region r on r.id = s.region_id
    left join terminal_model tm on tm.id = t.model_id
    left join supplier sp on sp.id = t.supplier_id
    left join lateral (
      select a.tid, q.code as acquirer from terminal_tid a left join acquirer q on q.id = a.acquirer_id
       where a.terminal_id = t.id and a.to_at is null order by a.tid limit 1) a on true
   order by listed.place`)

export type LabelRow = {
  id: number
  serial: string
  tid: string | null
  store: string
  help_link_id: string | null
  help_link_hash: Buffer | null
}

export const labelRows = (db: Db, ids: number[]) =>
  db.query<LabelRow>(sql`
  select t.id, t.serial,
         (select min(a.tid) from terminal_tid a where a.terminal_id = t.id and a.to_at is null) as tid,
         s.name as store, t.help_link_id, t.help_link_hash
  ${joinedMasters}
   where t.id = any(${ids}::bigint[])
   order by s.name, t.serial`)
