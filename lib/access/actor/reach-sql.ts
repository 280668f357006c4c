import sql from "sql-template-tag"
import type { Places } from "@/lib/access/actor/schemas"
import type { Db } from "@/lib/base/db/transaction"

export type PlaceRow = { kind: keyof Places; id: number; name: string; merchant: string | null }

/** Merchants, regions and stores with these ids. Without ids, all that the actor sees. */
export const placesOf = (db: Db, ids: Places | null) =>
  db.query<PlaceRow>(sql`
  select 'merchants' as kind, m.id, m.name, null as merchant
    from merchant m
   where ${ids?.merchants ?? null}::bigint[] is null or m.id = any(${ids?.merchants ?? null}::bigint[])
  union all
  select 'regions', r.id, r.name, m.name
    from region r
    left join merchant m on m.id = r.merchant_id
   where ${ids?.regions ?? null}::bigint[] is null or r.id = any(${ids?.regions ?? null}::bigint[])
  union all
  select 'stores', s.id, s.name, m.name
    from store s
    left join merchant m on m.id = s.merchant_id
   where ${ids?.stores ?? null}::bigint[] is null or s.id = any(${ids?.stores ?? null}::bigint[])
   order by merchant nulls first, name, id`)

export const storesByCode = (db: Db, codes: string[]) =>
  db.query<{ id: number; code: string }>(sql`
  select id, code from store where code = any(${codes}::text[])`)
