import sql, { empty, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { Merchant, MerchantQuery } from "@/lib/fleet/merchants/schemas"

type Uncounted = Omit<Merchant, "stores" | "terminals">

const shownWith = (more: Sql): Sql => sql`
  select m.id, m.name, m.code, m.contact_name as "contactName", m.contact_phone as "contactPhone",
         m.contact_email as "contactEmail",
         (select count(*) from region r where r.merchant_id = m.id) as regions ${more}
    from merchant m`

type Filters = Pick<MerchantQuery, "q">

const matching = ({ q }: Filters): Sql => sql`
  true
  ${q ? sql`and ${contains([sql`m.name`, sql`m.code`], q)}` : empty}`

export const merchantOrder: ListOrder = {
  list: "merchants by name",
  keys: [
    { value: sql`m.name`, type: "text" },
    { value: sql`m.id`, type: "bigint" },
  ],
}

export const merchantPage = (db: Db, filters: Filters, slice: Slice) =>
  db.query<Uncounted & { place: Place }>(sql`
  ${shownWith(sql`, ${slice.place} as place`)}
   where ${matching(filters)} and ${slice.condition}
  ${slice.ordered}`)

export const allMerchants = (filters: Filters): Sql =>
  sql`select 1 from merchant m where ${matching(filters)}`

export const merchantById = (db: Db, merchantId: number) =>
  db.query<Uncounted>(sql`${shownWith(empty)} where m.id = ${merchantId}::bigint`)

/** Locks a merchant, so that nobody changes it or adds regions and stores to it. */
export const lockMerchant = (db: Db, merchantId: number) =>
  db.query(sql`select id from merchant where id = ${merchantId}::bigint for update`)

export type MerchantValues = Pick<Merchant, "name" | "code" | "contactName" | "contactPhone" | "contactEmail">

export const insertMerchant = (
  db: Db,
  { name, code, contactName, contactPhone, contactEmail }: MerchantValues,
) =>
  db.query<{ id: number }>(sql`
  insert into merchant (org_id, name, code, contact_name, contact_phone, contact_email)
  values (${ownOrg}, ${name}, ${code}, ${contactName}, ${contactPhone}, ${contactEmail})
  returning id`)

export const updateMerchant = (
  db: Db,
  merchantId: number,
  { name, code, contactName, contactPhone, contactEmail }: MerchantValues,
) =>
  db.query(sql`
  update merchant
     set name = ${name}, code = ${code}, contact_name = ${contactName}, contact_phone = ${contactPhone},
         contact_email = ${contactEmail}
   where id = ${merchantId}::bigint`)

export const deleteMerchantRow = (db: Db, merchantId: number) =>
  db.query(sql`delete from merchant where id = ${merchantId}::bigint`)
