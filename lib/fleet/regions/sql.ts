import sql, { empty, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { Region, RegionQuery } from "@/lib/fleet/regions/schemas"

type Uncounted = Omit<Region, "stores" | "terminals">

const shownWith = (more: Sql): Sql => sql`
  select r.id, r.name, r.code, jsonb_build_object('id', m.id, 'name', m.name) as merchant ${more}
    from region r
    join merchant m on m.id = r.merchant_id`

type Filters = Pick<RegionQuery, "q" | "merchant">

const matching = ({ q, merchant }: Filters): Sql => sql`
  true
  ${q ? sql`and ${contains([sql`r.name`, sql`r.code`], q)}` : empty}
  ${merchant === undefined ? empty : sql`and r.merchant_id = ${merchant}::bigint`}`

export const regionOrder: ListOrder = {
  list: "regions by name",
  keys: [
    { value: sql`r.name`, type: "text" },
    { value: sql`r.id`, type: "bigint" },
  ],
}

export const regionPage = (db: Db, filters: Filters, slice: Slice) =>
  db.query<Uncounted & { place: Place }>(sql`
  ${shownWith(sql`, ${slice.place} as place`)}
   where ${matching(filters)} and ${slice.condition}
  ${slice.ordered}`)

export const allRegions = (filters: Filters): Sql => sql`select 1 from region r where ${matching(filters)}`

export const regionById = (db: Db, regionId: number) =>
  db.query<Uncounted>(sql`${shownWith(empty)} where r.id = ${regionId}::bigint`)

/** Locks a region, so that nobody changes it or adds stores to it. */
export const lockRegion = (db: Db, regionId: number) =>
  db.query(sql`select id from region where id = ${regionId}::bigint for update`)

type RegionValues = Pick<Region, "name" | "code">

/** No row if the merchant does not exist. */
export const insertRegion = (db: Db, merchantId: number, { name, code }: RegionValues) =>
  db.query<{ id: number }>(sql`
  insert into region (org_id, merchant_id, name, code)
  select ${ownOrg}, m.id, ${name}, ${code} from merchant m where m.id = ${merchantId}::bigint
  returning id`)

export const updateRegion = (db: Db, regionId: number, { name, code }: RegionValues) =>
  db.query(sql`
  update region set name = ${name}, code = ${code} where id = ${regionId}::bigint`)

export const deleteRegionRow = (db: Db, regionId: number) =>
  db.query(sql`delete from region where id = ${regionId}::bigint`)
