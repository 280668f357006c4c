import sql, { type Sql } from "sql-template-tag"
import { subcauseOf } from "@/lib/fleet/code-packs/code-of-sale"
import { issuerGroup, joinedRates, saleRates } from "@/lib/rollups/fold/sql/rates"
import type { Rates } from "@/lib/rollups/fold/sql/tables"

/**
 * Attempts with their place, cause, channel and kind, what each is expected to fail with, and whether it is a
 * retry of an attempt that failed up to 180 s before (the presentment rule). `attempt` selects them as rows
 * of `transaction` with store_id, day, happened_at, span and is_counted. A retry and the attempt before it
 * have the same span. Attempts that are not counted are there only so that their retries are found. A failed
 * read that a verdict puts down to the card has no channel.
 */
export const classified = (rates: Rates, attempt: Sql): Sql => sql`
  with attempt as (${attempt}),
  marked as (
    select a.*, ${failed} as failed,
           coalesce(
             lag(${failed}) over same_customer
             and a.happened_at - lag(a.happened_at) over same_customer <= interval '180 s', false) as is_retry
      from attempt a
    window same_customer as (partition by a.terminal_id, a.span, ${customer}
      order by a.happened_at, a.id, a.at))
  select m.terminal_id, m.store_id, m.day, date_bin('1 hour', m.happened_at, timestamptz 'epoch') as hour,
         m.happened_at, m.id, m.at, m.failed, m.is_retry, m.outcome, m.duration_ms,
         coalesce(m.entry_mode, '') as entry_mode,
         case when m.failed then coalesce(nullif(c.cause, 'none'), 'unknown') else '' end as cause,
         f.subcause, k.channel, k.kind,
         case when m.code is null then '' else coalesce(m.code_system, '') || ':' || m.code end as code,
         coalesce(m.release, '') as release, coalesce(m.acquirer_id::text, '') as acquirer,
         coalesce(m.issuer_bin, '') as issuer, ${issuerGroup} as issuer_group,
         coalesce(lower(m.scheme), '') as scheme,
         case when m.operator is null then '' else m.store_id || ':' || m.operator end as operator,
         coalesce(n.model_id::text, '') as model, ${saleRates}
    from marked m
    join terminal n on n.id = m.terminal_id
    join terminal_store p on p.terminal_id = m.terminal_id and p.store_id = m.store_id
     and p.from_at <= m.happened_at and (p.to_at is null or m.happened_at < p.to_at)
    left join response_code c on c.id = m.response_code_id
   cross join lateral (
     select case when not m.failed then '' else ${subcauseOf("m")} end as subcause) f
    left join subcause_channel k on k.subcause = f.subcause and k.entry_mode = coalesce(m.entry_mode, '')
     and not exists (
       select from verdict v
        where v.is_taken_back and v.terminal_id = m.terminal_id and v.id = m.id and v.at = m.at)
    ${joinedRates(rates)}
   where m.is_counted`

const failed = sql`a.outcome in ('declined', 'failed')`

/**
 * The customer: by card; without one by amount and entry mode; without these each attempt is its own
 * customer.
 */
const customer = sql`
  case when a.card_ref is not null then 'token ' || a.card_ref
       when a.amount_minor is not null and a.entry_mode is not null
       then 'sale ' || a.amount_minor || ' ' || a.entry_mode
       else 'alone ' || a.id || ' ' || a.at end`
