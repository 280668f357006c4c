import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Purchase, Seller } from "@/lib/fleet/terminals/purchase/purchase"

/** A supplier as rows name it; makers alone sell nothing. */
export type KnownSeller = Seller & { isSupplier: boolean }

export const sellerById = (db: Db, id: number) =>
  db.query<KnownSeller>(sql`
  select name, warranty_months as "warrantyMonths", is_supplier as "isSupplier" from supplier
  where id = ${id}::bigint`)

export const knownSellers = (db: Db, names: string[]) =>
  db.query<KnownSeller>(sql`
  select name, warranty_months as "warrantyMonths", is_supplier as "isSupplier" from supplier
  where name = any(${names}::text[])`)

/** The purchase of terminal t from supplier sp. */
export const purchase = sql`
  case when sp.id is not null then jsonb_build_object('name', sp.name, 'warrantyMonths',
    sp.warranty_months) end as supplier,
  t.bought_on as "boughtOn", t.warranty_until as "warrantyUntil"`

export const heldPurchases = (db: Db, ids: readonly number[]) =>
  db.query<Purchase & { id: number }>(sql`
  select t.id, ${purchase} from terminal t left join supplier sp on sp.id = t.supplier_id
   where t.id = any(${[...ids]}::bigint[])`)

/** Holds terminals, as changes by people do, until what is planned of their purchases is written. */
export const holdSerials = (db: Db, serials: readonly string[]) =>
  db.query(sql`
  select id from terminal where serial = any(${[...serials]}::text[]) order by id for update`)

/** A purchase as it is written down, its supplier by name. */
export type PurchaseRow = {
  serial: string
  supplier?: string | null | undefined
  boughtOn?: string | null | undefined
  warrantyUntil?: string | null | undefined
}

export const setPurchases = (db: Db, rows: readonly PurchaseRow[]) =>
  db.query(sql`
  update terminal t set supplier_id = s.id, bought_on = g."boughtOn", warranty_until = g."warrantyUntil"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (serial text, supplier text,
      "boughtOn" date, "warrantyUntil" date)
    left join supplier s on s.name = g.supplier
   where t.serial = g.serial`)

/** Suppliers that rows name and nobody has entered yet. */
export const addSellers = (db: Db, names: readonly string[]) =>
  db.query(sql`
  insert into supplier (org_id, name, is_manufacturer, is_supplier)
  select distinct ${ownOrg}, n.name, false, true from unnest(${[...names]}::text[]) as n (name) order by 2
  on conflict (org_id, name) do nothing`)
