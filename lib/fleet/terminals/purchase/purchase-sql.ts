import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Purchase, Seller } from "@/lib/fleet/terminals/purchase/purchase"

/** A supplier that rows may name. Rows cannot name one that is only a manufacturer. */
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

export const currentPurchases = (db: Db, ids: readonly number[]) =>
  db.query<Purchase & { id: number }>(sql`
  select t.id, ${purchase} from terminal t left join supplier sp on sp.id = t.supplier_id
   where t.id = any(${[...ids]}::bigint[])`)

/** Locks terminals until their planned purchases are written. */
export const lockSerials = (db: Db, serials: readonly string[]) =>
  db.query(sql`
  select id from terminal where serial = any(${[...serials]}::text[]) order by id for update`)

/** A purchase to write, with its supplier by name. */
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

/** Adds suppliers that rows name for the first time. */
export const addSellers = (db: Db, names: readonly string[]) =>
  db.query(sql`
  insert into supplier (org_id, name, is_manufacturer, is_supplier)
  select distinct ${ownOrg}, n.name, false, true from unnest(${[...names]}::text[]) as n (name) order by 2
  on conflict (org_id, name) do nothing`)
