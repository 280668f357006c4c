import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { FlagKind } from "@/lib/insight/flags/words"

export type UnweighedRow = { id: number; kind: FlagKind; terminal_id: number | null; store_id: number | null }

type Due = { orgId: string; before: Date; limit: number }

/** Open flags that were not weighed since then, those that never were first. */
export const unweighed = (db: Db, { orgId, before, limit }: Due) =>
  db.query<UnweighedRow>(sql`
  select id, kind, terminal_id, store_id
    from flag
   where org_id = ${orgId}::uuid and status = 'open'
     and coalesce(weighed_at, '-infinity') < ${before}::timestamptz
   order by coalesce(weighed_at, '-infinity')
   limit ${limit}::int`)

/** A place of `lost_day`: terminal 0 is the whole store. */
export type Place = { terminal_id: number; store_id: number; cause: string }
export type LostRow = Place & { currency: string; minor: number }

/** What places have lost by a cause since a day. A terminal's own losses follow it to another store. */
export const lostAt = (
  db: Db,
  { orgId, places, since }: { orgId: string; places: readonly Place[]; since: Date },
) =>
  db.query<LostRow>(sql`
  select p.terminal_id, p.store_id, p.cause, l.currency, sum(l.lost_minor)::bigint as minor
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
           as p (terminal_id bigint, store_id bigint, cause text)
    join lost_day l on l.org_id = ${orgId}::uuid and l.terminal_id = p.terminal_id and l.cause = p.cause
     and (l.terminal_id <> 0 or l.store_id = p.store_id)
     and l.day > (${since}::timestamptz at time zone 'UTC')::date
   group by 1, 2, 3, 4`)

export type Weighed = { id: number; minor: number | null; currency: string | null }

export const writeStakes = (db: Db, { at, flags }: { at: Date; flags: readonly Weighed[] }) =>
  db.query(sql`
  update flag f set stake_minor = g.minor, stake_currency = g.currency, weighed_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb) as g (id bigint, minor bigint, currency text)
   where f.id = g.id`)
