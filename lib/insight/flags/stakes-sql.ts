import sql, { empty, type Sql } from "sql-template-tag"
import { lookUpEach } from "@/lib/base/db/stay-on-index"
import type { Db } from "@/lib/base/db/transaction"
import type { FlagKind } from "@/lib/insight/flags/words"

type Stake = { minor: number | null; currency: string | null }
export type OpenRow = Stake & {
  id: number
  kind: FlagKind
  terminal_id: number | null
  store_id: number | null
  is_new: boolean
}

type Slice = { orgId: string; after: number; limit: number }

const openFlags = ({ orgId, after, limit }: Slice, isNew: boolean) => sql`
  select id, kind, terminal_id, store_id, stake_minor as minor, stake_currency as currency,
         weighed_at is null as is_new
    from flag
   where org_id = ${orgId}::uuid and status = 'open' and id > ${after}::bigint
     ${isNew ? sql`and weighed_at is null` : empty}
   order by id
   limit ${limit}::int`

/** The next open flags that were never weighed, in order. */
export const unweighed = (db: Db, slice: Slice) => db.query<OpenRow>(openFlags(slice, true))

/** The next open flags, in order. */
export const allOpen = (db: Db, slice: Slice) => db.query<OpenRow>(openFlags(slice, false))

/** A row if an organisation's flags were not weighed since then. */
export const isDueSince = (db: Db, { orgId, before }: { orgId: string; before: Date }) =>
  db.query<{ id: string }>(sql`
  select id from organisation where id = ${orgId}::uuid and stakes_weighed_at < ${before}::timestamptz`)

export const noteWeighed = (db: Db, { orgId, at }: { orgId: string; at: Date }) =>
  db.query(sql`
  update organisation set stakes_weighed_at = ${at}::timestamptz where id = ${orgId}::uuid`)

/** A place of `lost_day`: terminal 0 is the whole store. */
export type Place = { terminal_id: number; store_id: number; cause: string }
export type LostRow = Place & { currency: string; minor: number }

/** What places have lost by a cause since a day. A terminal's own losses follow it to another store. */
export async function lostAt(
  db: Db,
  { orgId, places, since }: { orgId: string; places: readonly Place[]; since: Date },
): Promise<LostRow[]> {
  // Most rows are of terminal 0.
  await lookUpEach(db)
  const lostOf = (isAt: Sql) => sql`
    select p.terminal_id, p.store_id, p.cause, l.currency, sum(l.lost_minor)::bigint as minor
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
             as p (terminal_id bigint, store_id bigint, cause text)
      join lost_day l on l.org_id = ${orgId}::uuid and ${isAt} and l.cause = p.cause
       and l.day > (${since}::timestamptz at time zone 'UTC')::date
     group by 1, 2, 3, 4`
  return [
    ...(await db.query<LostRow>(lostOf(sql`l.terminal_id = p.terminal_id and p.terminal_id <> 0`))),
    ...(await db.query<LostRow>(
      lostOf(sql`l.terminal_id = 0 and p.terminal_id = 0 and l.store_id = p.store_id`),
    )),
  ]
}

export type Weighed = Stake & { id: number }

export const writeStakes = (db: Db, { at, flags }: { at: Date; flags: readonly Weighed[] }) =>
  db.query(sql`
  update flag f set stake_minor = g.minor, stake_currency = g.currency, weighed_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb) as g (id bigint, minor bigint, currency text)
   where f.id = g.id`)
