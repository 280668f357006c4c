import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Kind } from "@/lib/fleet/code-packs/kind"
import { millionths } from "@/lib/rollups/reference/rate-names"

/** Cards and issuers are compared over as long as sightings of cards are kept. */
const days = 14
/** More cards say no more. */
const mostSales = 500

export type Asked = { orgId: string; terminalId: number; on: string }

/** A terminal's failed sales of these kinds, as verdicts name them. */
export const failedSales = (db: Db, { orgId, terminalId, on, kinds }: Asked & { kinds: readonly string[] }) =>
  db.query<{ card: string | null; issuer: string }>(sql`
  select h.card_ref as card, v.issuer
    from verdict v
    join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
   where v.org_id = ${orgId}::uuid and v.terminal_id = ${terminalId}::bigint and not v.is_retry
     and v.kind = any(${[...kinds]}::text[]) and v.happened_at >= ${on}::date - ${days}::int
   order by v.happened_at desc
   limit ${mostSales}::int`)

/** How often such a sale was expected to fail at the terminal. */
export const usualRate = (db: Db, { orgId, terminalId, on, kind }: Asked & { kind: Kind }) =>
  db.query<{ rate: number | null }>(sql`
  select sum(${raw(`e_${kind}`)})::float8 / ${millionths}::float8 / nullif(sum(presentments), 0) as rate
    from terminal_day
   where org_id = ${orgId}::uuid and terminal_id = ${terminalId}::bigint
     and day between ${on}::date - ${days}::int and ${on}::date`)

type Tally = { sales: number; failed: number }

/** How these cards did at other terminals. */
export const cardsElsewhere = (
  db: Db,
  { orgId, terminalId, kinds, cards }: Asked & { kinds: readonly string[]; cards: readonly string[] },
) =>
  db.query<Tally>(sql`
  select count(*)::int as sales, count(*) filter (where kind = any(${[...kinds]}::text[]))::int as failed
    from card_sighting
   where org_id = ${orgId}::uuid and card_ref = any(${[...cards]}::text[])
     and terminal_id <> ${terminalId}::bigint`)

/** How the cards of these issuers did at all terminals. Verdicts name an issuer by six digits. */
export const issuersEverywhere = (
  db: Db,
  { orgId, on, issuers, subcauses }: Asked & { issuers: readonly string[]; subcauses: readonly string[] },
) =>
  db.query<Tally>(sql`
  select coalesce(sum(presentments), 0)::bigint as sales,
         coalesce(sum(failures) filter (where subcause = any(${[...subcauses]}::text[])), 0)::bigint as failed
    from segment_day
   where org_id = ${orgId}::uuid and store_id = 0 and dimension = 'issuer'
     and left(value, 6) = any(${[...issuers]}::text[])
     and day between ${on}::date - ${days}::int and ${on}::date`)
