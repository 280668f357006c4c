import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { FailureKind } from "@/lib/insight/verdicts/kind"
import type { Attributable, Confidence } from "@/lib/insight/verdicts/priors"
import { isRetryOf, sameCustomer } from "@/lib/insight/verdicts/retry-sql"
import { makeTemporary, type TemporaryTable } from "@/lib/rollups/fold/sql/temporary"

export type Judging = TemporaryTable<"judging">

type Due = { orgId: string; now: Date; limit: number }

/** The failed sales that are due, with what their records say. They are numbered in the order of time. */
export async function makeJudging(db: Db, { orgId, now, limit }: Due): Promise<Judging> {
  const judging = await makeTemporary(
    db,
    "judging",
    sql`
    with due as materialized (
      select * from verdict
       where org_id = ${orgId}::uuid and due_at <= ${now}::timestamptz
       order by due_at, happened_at, terminal_id, id
       limit ${limit}::int)
    select row_number() over (order by v.happened_at, v.terminal_id, v.id)::int as n, v.terminal_id, v.at,
           v.id, v.org_id, v.happened_at, v.store_id, v.kind, v.entry_mode, v.issuer, v.operator,
           v.acquirer_id, h.card_ref, h.amount_minor, h.currency, h.outcome, h.tvr,
           h.reversal_reason, h.host_reached, h.seconds_since_sign_in, h.clock_offset_ms,
           c.cause as code_cause, c.confidence,
           c.device_attributable as attributable,
           (v.happened_at at time zone s.time_zone)::date as day
      from due v
      join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
      join store s on s.id = v.store_id
      left join response_code c on c.id = h.response_code_id`,
  )
  await db.query(sql`create index on ${judging} (terminal_id, happened_at)`)
  await db.query(sql`analyze ${judging}`)
  return judging
}

export type AskedSale = {
  orgId: string
  terminalId: number
  storeId: number
  acquirerId: number | null
  kind: FailureKind
  at: Date
  entryMode: string
  issuer: string
  card: string | null
}

/** A failed sale that somebody asks about and that need not have arrived. */
export async function makeAsked(db: Db, asked: AskedSale): Promise<Judging> {
  const judging = await makeTemporary(
    db,
    "judging",
    sql`
    select 1 as n, ${asked.terminalId}::bigint as terminal_id, ${asked.at}::timestamptz as at, '' as id,
           ${asked.orgId}::uuid as org_id, ${asked.at}::timestamptz as happened_at,
           ${asked.storeId}::bigint as store_id, ${asked.kind}::text as kind,
           ${asked.entryMode}::text as entry_mode, ${asked.issuer}::text as issuer, '' as operator,
           ${asked.acquirerId}::bigint as acquirer_id, ${asked.card}::text as card_ref,
           null::bigint as amount_minor, null::text as currency, 'failed' as outcome, null::text as tvr,
           null::text as reversal_reason,
           null::boolean as host_reached, null::int as seconds_since_sign_in, 0::bigint as clock_offset_ms,
           null::text as code_cause, null::text as confidence, null::text as attributable,
           (${asked.at}::timestamptz at time zone s.time_zone)::date as day
      from store s
     where s.id = ${asked.storeId}::bigint`,
  )
  await db.query(sql`analyze ${judging}`)
  return judging
}

export type JudgedSale = {
  n: number
  terminalId: number
  at: string
  id: string
  happenedAt: Date
  day: string
  storeId: number
  kind: FailureKind
  entryMode: string
  issuer: string
  operator: string
  hasCard: boolean
  acquirerId: number | null
  amountMinor: number | null
  currency: string | null
  outcome: string
  tvr: string | null
  reversalReason: string | null
  hostReached: boolean | null
  secondsSinceSignIn: number | null
  clockOffsetMs: number
  codeCause: Cause | "none" | null
  confidence: Confidence | null
  attributable: Attributable | null
}

export const judgedSales = (db: Db, judging: Judging) =>
  db.query<JudgedSale>(sql`
  select n, terminal_id as "terminalId", at::text as at, id, happened_at as "happenedAt", day::text as day,
         store_id as "storeId", kind, entry_mode as "entryMode", issuer, operator,
         card_ref is not null as "hasCard", acquirer_id as "acquirerId",
         amount_minor as "amountMinor", currency, outcome, tvr,
         reversal_reason as "reversalReason", host_reached as "hostReached",
         seconds_since_sign_in as "secondsSinceSignIn", clock_offset_ms as "clockOffsetMs",
         code_cause as "codeCause", confidence, attributable
    from ${judging}
   order by n`)

export type Near = {
  n: number
  isRetry: boolean
  failedBefore: number
  failedAfter: number
  workedSameMode: boolean
  othersWorked: number
  /** Whether a sale of the same card or amount worked here within ten minutes. */
  isMadeGood: boolean
  /** Why it was reversed. */
  reversalReason: string | null
}

/** How long a customer may take to pay in another way. */
const soonAfter = sql`interval '10 min'`

/** What else happened at the same terminal in the half hours before and after. No row if nothing did. */
export const nearSales = (db: Db, judging: Judging) =>
  db.query<Near>(sql`
  select j.n, near.is_retry as "isRetry", near.failed_before as "failedBefore",
         near.failed_after as "failedAfter", coalesce(near.worked_same, false) as "workedSameMode",
         near.others_worked as "othersWorked", coalesce(near.is_made_good, false) as "isMadeGood",
         near.reversal_reason as "reversalReason"
    from ${judging} j
    join lateral (
      select ${isRetryOf("j", "h")} as is_retry,
             (count(*) filter (where h.is_own and h.failed and h.at < j.at))::int as failed_before,
             (count(*) filter (where h.is_own and h.failed and h.at > j.at))::int as failed_after,
             bool_or(h.is_own and h.worked and h.at > j.at and h.is_same_mode) as worked_same,
             (count(*) filter (where not h.is_own and h.worked))::int as others_worked,
             bool_or(h.worked and h.at > j.at and h.at <= j.at + ${soonAfter}
               and (h.card_ref = j.card_ref or h.amount_minor = j.amount_minor)) as is_made_good,
             max(h.reversal_reason) filter (where h.outcome = 'reversed' and h.reverses = j.id)
               as reversal_reason
        from (
          select h.*, ${sameCustomer("j", "h")} as is_own, h.outcome in ('declined', 'failed') as failed,
                 h.outcome = 'approved' as worked,
                 h.entry_mode is not distinct from nullif(j.entry_mode, '') as is_same_mode
            from transaction h
           where h.terminal_id = j.terminal_id and h.at >= j.at - interval '30 min'
             and h.at < j.at + interval '30 min' and h.id <> j.id) h
       group by h.terminal_id) near on true`)

/**
 * Which sales were made good at another terminal of the store: of the same card or amount within ten minutes.
 * Grouped, so that the index is asked for each sale, and only in days between `from` and `to`.
 */
export const madeGoodBeside = (db: Db, judging: Judging, { from, to }: { from: Date; to: Date }) =>
  db.query<{ n: number }>(sql`
  select distinct j.n
    from ${judging} j
    join terminal_store p on p.store_id = j.store_id and p.terminal_id <> j.terminal_id
     and p.from_at <= j.happened_at and (p.to_at is null or j.happened_at < p.to_at)
    join lateral (
      select h.terminal_id
        from transaction h
       where h.terminal_id = p.terminal_id and h.at > j.happened_at
         and h.at <= j.happened_at + ${soonAfter} and h.outcome = 'approved'
         and (h.card_ref = j.card_ref or h.amount_minor = j.amount_minor)
         and h.at >= ${from}::timestamptz and h.at <= ${to}::timestamptz + ${soonAfter}
       group by 1) good on true
   where j.amount_minor > 0`)

export type Elsewhere = {
  n: number
  failedSame: number
  workedBefore: number
  workedAfter: number
  workedHere: number
}

/** What the same card did at other terminals, and here on other occasions. */
export const cardsElsewhere = (db: Db, judging: Judging) =>
  db.query<Elsewhere>(sql`
  select j.n,
         (count(distinct g.terminal_id) filter (where g.is_else and not g.worked and g.kind = j.kind))::int
           as "failedSame",
         (count(*) filter (where g.is_else and g.worked and g.is_same_mode and g.happened_at < j.happened_at))
           ::int as "workedBefore",
         (count(*) filter (where g.is_else and g.worked and g.is_same_mode and g.happened_at > j.happened_at))
           ::int as "workedAfter",
         (count(*) filter (where not g.is_else and g.worked and g.is_same_mode))::int as "workedHere"
    from ${judging} j
    join lateral (
      select g.*, g.terminal_id <> j.terminal_id as is_else, g.entry_mode = j.entry_mode as is_same_mode
        from card_sighting g
       where g.card_ref = j.card_ref and g.org_id = j.org_id
         and g.happened_at > j.happened_at - interval '7 days'
         and g.happened_at < j.happened_at + interval '7 days'
         and (g.terminal_id <> j.terminal_id
           or g.happened_at not between j.happened_at - interval '30 min'
             and j.happened_at + interval '30 min')) g on true
   group by j.n`)

export type Beaten = {
  n: number
  readerOk: boolean | null
  pinpadOk: boolean | null
  securityOk: boolean | null
  tamper: boolean | null
  hostReachable: boolean | null
}

/** What the terminal said of itself last before the sale, within three hours. */
export const beatsBefore = (db: Db, judging: Judging) =>
  db.query<Beaten>(sql`
  select j.n, h.reader_ok as "readerOk", h.pinpad_ok as "pinpadOk", h.security_ok as "securityOk", h.tamper,
         h.host_reachable as "hostReachable"
    from ${judging} j
    join lateral (
      select h.terminal_id, max(h.at) as at
        from heartbeat h
       where h.terminal_id = j.terminal_id and h.at <= j.happened_at
         and h.at > j.happened_at - interval '3 hours'
       group by 1) newest on true
    join heartbeat h on h.terminal_id = newest.terminal_id and h.at = newest.at
   where not h.reader_ok or not h.pinpad_ok or not h.security_ok or h.tamper or not h.host_reachable`)

/** When keys were loaded, power was lost and the like, in the three days before these sales. */
export const eventsNear = (db: Db, judging: Judging) =>
  db.query<{ terminalId: number; kind: string; at: Date }>(sql`
  with asked as (
    select terminal_id, day, min(happened_at) - interval '3 days' as from_at, max(happened_at) as to_at
      from ${judging}
     group by 1, 2)
  select distinct h.terminal_id as "terminalId", e.kind, e.at
    from asked j
    join heartbeat h on h.terminal_id = j.terminal_id and h.at >= j.from_at
     and h.at < j.to_at + interval '1 hour' and h.events is not null
   cross join lateral jsonb_to_recordset(h.events) as e (kind text, at timestamptz)
   where e.at is not null`)
