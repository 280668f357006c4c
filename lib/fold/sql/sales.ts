import sql from "sql-template-tag"
import { subcauseChannels } from "@/lib/causes/channel"
import type { Db } from "@/lib/db/transaction"

/**
 * Temporary table `sale`: every attempt of every terminal that a touched store held on a touched day, with
 * its place, cause and channel, and whether it repeats an attempt that failed up to 180 s before (the
 * presentment rule). All terminals of the store are read, because `segment_day` is a sum over them.
 */
export const deriveSales = async (db: Db, { from, to }: { from: Date; to: Date }): Promise<void> => {
  const { subcause, channel } = subcauseChannels()
  await db.query(sql`
    create temporary table sale on commit drop as
    with store_day as (
      select distinct store_id, day, time_zone from touched where has_sales),
    place as (
      select p.terminal_id, d.store_id, d.day, d.time_zone,
             d.day::timestamp at time zone d.time_zone as begins_at, (d.day + 1)::timestamp at time zone d.time_zone as ends_at
        from store_day d
        join terminal_store p on p.store_id = d.store_id
         and p.from_at < (d.day + 1)::timestamp at time zone d.time_zone
         and (p.to_at is null or p.to_at > d.day::timestamp at time zone d.time_zone)
       group by 1, 2, 3, 4),
    attempt as (
      select p.store_id, p.day, p.begins_at, t.at as happened_at, t.*
        from place p
        join transaction t on t.terminal_id = p.terminal_id and t.clock_offset_ms = 0
         and t.at >= p.begins_at - interval '180 s' and t.at < p.ends_at
       where t.at >= ${from}::timestamptz and t.at < ${to}::timestamptz and t.outcome <> 'reversed'
      union all
      select p.store_id, p.day, p.begins_at, t.at + t.clock_offset_ms * interval '1 ms', t.*
        from place p
        join transaction t on t.terminal_id = p.terminal_id and t.clock_offset_ms <> 0
         and t.at >= p.begins_at - interval '8 days' and t.at < p.ends_at + interval '8 days'
         and t.at + t.clock_offset_ms * interval '1 ms' >= p.begins_at - interval '180 s'
         and t.at + t.clock_offset_ms * interval '1 ms' < p.ends_at
       where t.at >= ${from}::timestamptz - interval '8 days' and t.at < ${to}::timestamptz + interval '8 days'
         and t.outcome <> 'reversed'),
    marked as (
      select a.*, a.outcome in ('declined', 'failed') as failed,
             coalesce(lag(a.outcome in ('declined', 'failed') ) over same_customer
                      and a.happened_at - lag(a.happened_at) over same_customer <= interval '180 s', false) as is_retry
        from attempt a
      window same_customer as (
        partition by a.terminal_id, a.store_id, a.day,
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
     where m.happened_at >= m.begins_at`)
}
