import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { within, type Counted } from "@/lib/fleet/catalogue/within"
import type { Supplier, SupplierDraft } from "@/lib/fleet/suppliers/schemas"

/** All suppliers sorted by name, or the one with this id. */
export const suppliers = (db: Db, id: number | null = null) =>
  db.query<Omit<Supplier, "terminals">>(sql`
  select s.id, s.name, s.is_manufacturer as "isManufacturer", s.is_supplier as "isSupplier",
         s.contact_name as "contactName", s.contact_phone as "contactPhone",
         s.contact_email as "contactEmail", s.warranty_months as "warrantyMonths", s.note,
         (select count(*) from terminal_model m where m.manufacturer_id = s.id) as models
    from supplier s
   where ${id}::bigint is null or s.id = ${id}::bigint
   order by s.name
   limit 1000`)

/** Terminals bought from each supplier, or from the one with this id. */
export const terminalsBySupplier = (db: Db, { id = null, stores = null }: Counted) =>
  db.query<{ id: number; terminals: number }>(sql`
  select t.supplier_id as id, count(*) as terminals
    from terminal t
   where t.merged_into is null and t.supplier_id is not null
     and (${id}::bigint is null or t.supplier_id = ${id}::bigint) ${within(sql`t.id`, stores)}
   group by 1`)

export const insertSupplier = (db: Db, orgId: string, draft: SupplierDraft) =>
  db.query<{ id: number }>(sql`
  insert into supplier (org_id, name, is_manufacturer, is_supplier, contact_name, contact_phone,
    contact_email, warranty_months, note)
  values (${orgId}::uuid, ${draft.name}, ${draft.isManufacturer}, ${draft.isSupplier}, ${draft.contactName},
    ${draft.contactPhone}, ${draft.contactEmail},
          ${draft.warrantyMonths}, ${draft.note})
  returning id`)

const warrantyBy = (months: Sql) => sql`(t.bought_on + make_interval(months => ${months}))::date`

/** Recomputes the warranties that follow the supplier's months. Warranties that somebody entered stay. */
export const updateSupplier = (db: Db, id: number, draft: SupplierDraft) =>
  db.query(sql`
  with counted as (
    update terminal t set warranty_until = ${warrantyBy(sql`${draft.warrantyMonths}::int`)}
      from supplier s
     where s.id = ${id}::bigint and t.supplier_id = s.id
       and s.warranty_months is distinct from ${draft.warrantyMonths}::int
       and t.bought_on is not null
       and t.warranty_until is not distinct from ${warrantyBy(sql`s.warranty_months`)})
  update supplier
     set name = ${draft.name}, is_manufacturer = ${draft.isManufacturer}, is_supplier = ${draft.isSupplier},
         contact_name = ${draft.contactName},
         contact_phone = ${draft.contactPhone}, contact_email = ${draft.contactEmail},
         warranty_months = ${draft.warrantyMonths}, note = ${draft.note}
   where id = ${id}::bigint`)

export const deleteSupplier = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`delete from supplier where id = ${id}::bigint returning id`)
