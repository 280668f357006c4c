import sql, { empty } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Region } from "@/lib/fleet/regions/schemas"

const shown = sql`
  select r.id, r.name, r.code, jsonb_build_object('id', m.id, 'name', m.name) as merchant,
         (select count(*) from store s where s.region_id = r.id) as stores,
         (select count(*) from store s join terminal_store p on p.store_id = s.id and p.to_at is null
           where s.region_id = r.id) as terminals
    from region r
    join merchant m on m.id = r.merchant_id`

type Page = {
  q?: string | undefined
  merchant?: number | undefined
  after: [name: string, id: number] | null
  limit: number
}

export const regionPage = (db: Db, { q, merchant, after, limit }: Page) =>
  db.query<Region>(sql`
  ${shown}
   where true
     ${q ? sql`and ${contains([sql`r.name`, sql`r.code`], q)}` : empty}
     ${merchant === undefined ? empty : sql`and r.merchant_id = ${merchant}::bigint`}
     ${after === null ? empty : sql`and (r.name, r.id) > (${after[0]}, ${after[1]}::bigint)`}
   order by r.name, r.id
   limit ${limit + 1}`)

export const regionById = (db: Db, regionId: number) =>
  db.query<Region>(sql`${shown} where r.id = ${regionId}::bigint`)

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
