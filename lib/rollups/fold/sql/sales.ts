import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { subcauseChannels } from "@/lib/fleet/code-packs/channel"
import { counts, isClaimed, type Claim } from "@/lib/rollups/fold/sql/claim"

/**
 * Temporary table `name` of attempts with their place, cause and channel, and whether each repeats an attempt
 * that failed up to 180 s before (the presentment rule). `attempt` selects them as rows of `transaction` with
 * store_id, day, happened_at, the span within which customers are told apart, and is_counted; what is not
 * counted is there to be repeated.
 */
const classified = (db: Db, name: "sale" | "new_sale", attempt: Sql) => {
  const { subcause, channel } = subcauseChannels()
  return db.query(sql`
    create temporary table ${raw(name)} on commit drop as
    with attempt as (${attempt}),
    marked as (
      select a.*, a.outcome in ('declined', 'failed') as failed,
             coalesce(lag(a.outcome in ('declined', 'failed') ) over same_customer
                      and a.happened_at - lag(a.happened_at) over same_customer <= interval '180 s', false) as is_retry
        from attempt a
      window same_customer as (
        partition by a.terminal_id, a.span,
                     case when a.card_ref is not null then 'token ' || a.card_ref
                          when a.amount_minor is not null and a.entry_mode is not null then 'sale ' || a.amount_minor || ' ' || a.entry_mode
                          else 'alone ' || a.id end
        order by a.happened_at, a.id))
    select m.terminal_id, m.store_id, m.day, date_bin('1 hour', m.happened_at, timestamptz 'epoch') as hour, m.happened_at,
           m.failed, m.is_retry, m.outcome, coalesce(m.entry_mode, '') as entry_mode,
           case when m.failed then coalesce(nullif(c.cause, 'none'), 'unknown') else '' end as cause,
           case when not m.failed then ''
                when c.cause <> 'none' then c.subcause
                when m.code is null then 'unspecified'
                else 'unmapped' end as subcause,
           case when not m.failed or m.entry_mode = 'ecommerce' then null
                when coalesce(k.channel, 'issuer') <> 'read' then coalesce(k.channel, 'issuer')
                when m.entry_mode in ('chip', 'fallback') then 'chip'
                when m.entry_mode = 'contactless' then 'contactless'
                when m.entry_mode = 'swipe' then 'magstripe'
                when m.entry_mode in ('manual', 'qr') then 'user'
                when c.subcause like 'contactless%' then 'contactless'
                when c.subcause like 'magstripe%' then 'magstripe'
                else 'chip' end as channel,
           case when m.code is null then '' else coalesce(m.code_system, '') || ':' || m.code end as code,
           coalesce(m.release, '') as release, coalesce(m.acquirer_id::text, '') as acquirer,
           coalesce(m.issuer_bin, '') as issuer,
           case when m.operator is null then '' else m.store_id || ':' || m.operator end as operator,
           coalesce(n.model_id::text, '') as model
      from marked m
      join terminal n on n.id = m.terminal_id
      join terminal_store p on p.terminal_id = m.terminal_id and p.store_id = m.store_id
       and p.from_at <= m.happened_at and (p.to_at is null or m.happened_at < p.to_at)
      left join response_code c on c.id = m.response_code_id
      left join unnest(${subcause}::text[], ${channel}::text[]) as k (subcause, channel) on k.subcause = c.subcause and c.cause <> 'none'
     where m.is_counted`)
}

/**
 * Temporary table `sale`: every attempt of touched terminal-days, and of all terminals that a store held on a
 * day on which its sales are touched, because `segment_day` is a sum over them.
 */
export const deriveSales = (
  db: Db,
  { from, to, waiting }: { from: Date; to: Date } & Pick<Claim, "waiting">,
) =>
  classified(
    db,
    "sale",
    sql`
    with store_day as (
      select distinct store_id, day, time_zone from touched where has_sales),
    place as (
      select p.terminal_id, d.store_id, d.day, d.time_zone,
             d.day::timestamp at time zone d.time_zone as begins_at, (d.day + 1)::timestamp at time zone d.time_zone as ends_at
        from store_day d
        join terminal_store p on p.store_id = d.store_id
         and p.from_at < (d.day + 1)::timestamp at time zone d.time_zone
         and (p.to_at is null or p.to_at > d.day::timestamp at time zone d.time_zone)
      union
      select t.terminal_id, t.store_id, t.day, t.time_zone, t.day::timestamp at time zone t.time_zone, (t.day + 1)::timestamp at time zone t.time_zone
        from touched t)
    select p.store_id, p.day, h.at as happened_at, p.store_id || ' ' || p.day as span, h.at >= p.begins_at as is_counted, h.*
      from place p
      join transaction h on h.terminal_id = p.terminal_id and h.clock_offset_ms = 0
       and h.at >= p.begins_at - interval '180 s' and h.at < p.ends_at
     where h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz and h.outcome <> 'reversed' and ${counts({ waiting })}
    union all
    select p.store_id, p.day, h.at + h.clock_offset_ms * interval '1 ms', p.store_id || ' ' || p.day,
           h.at + h.clock_offset_ms * interval '1 ms' >= p.begins_at, h.*
      from place p
      join transaction h on h.terminal_id = p.terminal_id and h.clock_offset_ms <> 0
       and h.at >= p.begins_at - interval '8 days' and h.at < p.ends_at + interval '8 days'
       and h.at + h.clock_offset_ms * interval '1 ms' >= p.begins_at - interval '180 s'
       and h.at + h.clock_offset_ms * interval '1 ms' < p.ends_at
     where h.at >= ${from}::timestamptz - interval '8 days' and h.at < ${to}::timestamptz + interval '8 days'
       and h.outcome <> 'reversed' and ${counts({ waiting })}`,
  )

/** Temporary table `new_sale`: the claimed attempts of terminals in order, all later than what is folded. */
export const deriveNewSales = (db: Db, claim: Claim) =>
  classified(
    db,
    "new_sale",
    sql`
    with ordered as (
      select terminal_id, first_at from sale_arrival where not exists (select 1 from disordered d where d.terminal_id = sale_arrival.terminal_id))
    select s.id as store_id, (h.at at time zone s.time_zone)::date as day, h.at as happened_at, '' as span, true as is_counted, h.*
      from transaction h
      join ordered using (terminal_id)
      join terminal_store p on p.terminal_id = h.terminal_id and p.from_at <= h.at and (p.to_at is null or h.at < p.to_at)
      join store s on s.id = p.store_id
     where ${isClaimed(claim)} and h.outcome <> 'reversed'
    union all
    select 0, null, h.happened_at, '', false, (h.raw).*
      from ordered o
     cross join lateral (
       select h.at as happened_at, h as raw
         from transaction h
        where h.terminal_id = o.terminal_id and h.clock_offset_ms = 0
          and h.at >= o.first_at - interval '180 s' and h.at < o.first_at and h.outcome <> 'reversed' and ${counts(claim)}
       union all
       select h.at + h.clock_offset_ms * interval '1 ms', h
         from transaction h
        where h.terminal_id = o.terminal_id and h.clock_offset_ms <> 0
          and h.at >= o.first_at - interval '8 days' and h.at < o.first_at + interval '8 days'
          and h.at + h.clock_offset_ms * interval '1 ms' >= o.first_at - interval '180 s'
          and h.at + h.clock_offset_ms * interval '1 ms' < o.first_at and h.outcome <> 'reversed' and ${counts(claim)}) h`,
  )
