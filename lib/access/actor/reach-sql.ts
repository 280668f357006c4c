import sql, { empty, type Sql } from "sql-template-tag"
import type { PlaceQuery, Places } from "@/lib/access/actor/schemas"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"

export type PlaceRow = { kind: keyof Places; id: number; name: string; merchant: string | null }

type Kind = PlaceQuery["kind"]

/** The table `p` of each kind, and the id and name of a place's merchant `m`. */
const tables: Record<Kind, { from: Sql; merchantId: Sql; merchant: Sql }> = {
  merchants: { from: sql`merchant p`, merchantId: sql`p.id`, merchant: sql`null` },
  regions: {
    from: sql`region p left join merchant m on m.id = p.merchant_id`,
    merchantId: sql`p.merchant_id`,
    merchant: sql`m.name`,
  },
  stores: {
    from: sql`store p left join merchant m on m.id = p.merchant_id`,
    merchantId: sql`p.merchant_id`,
    merchant: sql`m.name`,
  },
}

export const placeOrder = (kind: Kind): ListOrder => ({
  list: kind,
  keys: [
    { value: sql`p.name`, type: "text" },
    { value: sql`p.id`, type: "bigint" },
  ],
})

type Filter = Pick<PlaceQuery, "q" | "merchant" | "ids">

export const placePage = (db: Db, kind: Kind, { q, merchant, ids }: Filter, slice: Slice) =>
  db.query<Omit<PlaceRow, "kind"> & { place: Place }>(sql`
  select p.id, p.name, ${tables[kind].merchant} as merchant, ${slice.place} as place
    from ${tables[kind].from}
   where p.org_id = ${ownOrg} and ${slice.condition}
     ${q === undefined ? empty : sql`and ${contains([sql`p.name`], q)}`}
     ${merchant === undefined ? empty : sql`and ${tables[kind].merchantId} = ${merchant}::bigint`}
     ${ids === undefined ? empty : sql`and p.id = any(${ids}::bigint[])`}
  ${slice.ordered}`)

/** Merchants, regions and stores with these ids. */
export const placesOf = (db: Db, { merchants, regions, stores }: Places) =>
  db.query<PlaceRow>(sql`
  select 'merchants' as kind, m.id, m.name, null as merchant
    from merchant m
   where m.id = any(${merchants}::bigint[])
  union all
  select 'regions', r.id, r.name, m.name
    from region r
    left join merchant m on m.id = r.merchant_id
   where r.id = any(${regions}::bigint[])
  union all
  select 'stores', s.id, s.name, m.name
    from store s
    left join merchant m on m.id = s.merchant_id
   where s.id = any(${stores}::bigint[])
   order by merchant nulls first, name, id`)

export const storesByCode = (db: Db, codes: string[]) =>
  db.query<{ id: number; code: string }>(sql`
  select id, code from store where code = any(${codes}::text[])`)
