import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Followed } from "@/lib/insight/concentration/words"
import { selected, type Selection } from "@/lib/insight/failed-sales/selected"

export type TallyRow = { dimension: Exclude<Followed, "line">; value: string; failures: number; all: number }

/**
 * The newest failed sales of a selection by each dimension, of which `all` have failed. A customer's retries
 * count once, and except by card a card counts once for a value.
 */
export const tallies = (
  db: Db,
  selection: Selection,
  { mostSales, mostValues }: { mostSales: number; mostValues: number },
) =>
  db.query<TallyRow>(sql`
  with newest as materialized (
    select v.terminal_id, v.store_id, v.operator, coalesce(h.card_ref, '') as card,
           coalesce(h.card_ref, v.terminal_id || ' ' || v.id || ' ' || v.at) as once,
           coalesce(h.issuer_bin, '') as issuer, coalesce(h.release, '') as release, v.entry_mode
    ${selected(selection)} and not v.is_retry
     order by v.happened_at desc
     limit ${mostSales}::int),
  counted as (
    select d.dimension, d.value, count(distinct case when d.dimension = 'card' then null else n.once end)
             + count(*) filter (where d.dimension = 'card') as failures
      from newest n
     cross join lateral (values ('card', n.card), ('terminal', n.terminal_id::text), ('issuer', n.issuer),
       ('operator', n.operator), ('store', n.store_id::text), ('release', n.release),
       ('entryMode', n.entry_mode)) d (dimension, value)
     group by 1, 2),
  ranked as (
    select *, sum(failures) over (partition by dimension) as "all",
           row_number() over (partition by dimension order by failures desc, value) as place
      from counted)
  select dimension, value, failures::int, "all"::int
    from ranked
   where value <> '' and place <= ${mostValues}::int`)

/** How many failed sales a selection has, counted up to `most`. */
export const countSelected = (db: Db, selection: Selection, most: number) =>
  db.query<{ count: number }>(sql`
  select count(*) as count
    from (select 1 ${selected(selection)} and not v.is_retry limit ${most}::int) found`)

type Cards = {
  orgId: string
  cards: readonly string[]
  from: string
  to: string
  stores: readonly number[] | null
}

/** How often these cards were seen, in these stores or anywhere. For the worker's role. */
export const salesOfCards = (db: Db, { orgId, cards, from, to, stores }: Cards) =>
  db.query<{ value: string; sales: number }>(sql`
  select g.card_ref as value, count(*) as sales
    from card_sighting g
   where g.org_id = ${orgId}::uuid and g.card_ref = any(${[...cards]}::text[])
     and g.happened_at >= ${from}::timestamptz and g.happened_at < ${to}::timestamptz
     and (${stores}::bigint[] is null or g.terminal_id in (
       select p.terminal_id from terminal_store p
        where p.org_id = ${orgId}::uuid and p.to_at is null and p.store_id = any(${stores}::bigint[])))
   group by 1`)

/** `value` is `store:network`, `label` the store's name. */
export type LineRow = { terminalId: number; value: string; label: string }

/** By which line these terminals reach their host now: their store's, by carrier or kind of network. */
export const linesOf = (db: Db, terminals: readonly number[]) =>
  db.query<LineRow>(sql`
  select s.terminal_id as "terminalId", p.store_id || ':' || n.network as value,
         z.name as label
    from terminal_state s
   cross join lateral (select coalesce(s.carrier, s.network_type) as network) n
    join terminal_store p on p.terminal_id = s.terminal_id and p.to_at is null
    join store z on z.id = p.store_id
   where s.org_id = ${ownOrg} and s.terminal_id = any(${[...terminals]}::bigint[]) and n.network is not null`)
