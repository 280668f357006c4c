import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { codeOfSale, subcauseOf } from "@/lib/fleet/code-packs/code-of-sale"
import { channelOfSubcause, isSubcause } from "@/lib/fleet/code-packs/subcauses"
import { kindOfSubcause } from "@/lib/insight/verdicts/kind"
import { isRetryOf } from "@/lib/insight/verdicts/retry-sql"
import { sightingDays } from "@/lib/rollups/retention/sighting-days"

export type Batches = { ids: number[]; from: Date | null; to: Date | null }

/** After an update all batches wait. Those of a slice are not to be sorted out of millions. */
const mostBatches = 20_000

/** Folded batches that were not looked at yet: at least one, and as many as `mostRows` rows allow. */
export const takeBatches = (
  db: Db,
  { orgId, mostRows, now }: { orgId: string; mostRows: number; now: Date },
) =>
  db.query<Batches>(sql`
  with oldest as (
    select id, terminal_id, min_at, max_at, row_count
      from ingest_batch
     where org_id = ${orgId}::uuid and kind = 'transaction' and folded_at is not null and judged_at is null
     order by id, terminal_id
     limit ${mostBatches}::int),
  waiting as (
    select id, terminal_id, min_at, max_at,
           sum(row_count) over (order by id, terminal_id) - row_count as rows_before
      from oldest),
  taken as (
    update ingest_batch b set judged_at = ${now}::timestamptz
      from waiting w
     where b.id = w.id and b.terminal_id = w.terminal_id and w.rows_before < ${mostRows}::int
    returning b.id, b.min_at, b.max_at)
  select coalesce(array_agg(distinct id), '{}') as ids, min(min_at) as "from",
         max(max_at) + interval '1 ms' as "to"
    from taken`)

const subcauses = Object.keys(channelOfSubcause).filter(isSubcause)
const kindsOfSubcauses = subcauses.map(kindOfSubcause)

const corrected = sql`h.at + h.clock_offset_ms * interval '1 ms'`

/** The kind of failure of raw row `h`, with its code `c`: see kind.ts. */
const kindOfRow = sql`
  case when k.kind <> 'read' then k.kind
       when f.channel in ('chip', 'contactless', 'magstripe') then f.channel
       else 'user' end`

const withKind = sql`
  left join response_code c on c.id = h.response_code_id
 cross join lateral (
   select ${subcauseOf("h")} as subcause) s
  left join subcause_channel f on f.subcause = s.subcause and f.entry_mode = coalesce(h.entry_mode, '')
  left join unnest(${subcauses}::text[], ${kindsOfSubcauses}::text[]) as k (subcause, kind)
    on k.subcause = s.subcause`

type Claimed = { orgId: string; ids: number[]; from: Date; to: Date }

const isClaimed = ({ orgId, ids, from, to }: Claimed) => sql`
  h.org_id = ${orgId}::uuid and h.batch_id = any(${ids}::bigint[])
  and h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz`

/** From when on an organisation keeps raw rows. */
export const keptSince = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query<{ from: Date }>(sql`
  select ${now}::timestamptz - raw_retention_days * interval '1 day' as "from"
    from organisation where id = ${orgId}::uuid`)

/**
 * Notes the failed sales of these batches as to be judged, at once and again if they were judged before.
 * Those of imported history, older than raw rows are kept, get no verdict.
 */
export const noteFailed = (db: Db, { keptFrom, ...claimed }: Claimed & { keptFrom: Date }) =>
  db.query(sql`
  insert into verdict as v (terminal_id, at, id, org_id, happened_at, store_id, kind, entry_mode, issuer,
    operator, acquirer_id, code, subcause, release, is_retry)
  select h.terminal_id, h.at, h.id, h.org_id, ${corrected}, p.store_id, ${kindOfRow},
         coalesce(h.entry_mode, ''), coalesce(left(h.issuer_bin, 6), ''),
         case when h.operator is null then '' else p.store_id || ':' || h.operator end, h.acquirer_id,
         coalesce(${codeOfSale}, ''), s.subcause, coalesce(h.release, ''),
         coalesce(before.is_retry, false)
    from transaction h
    join terminal_store p on p.terminal_id = h.terminal_id and p.from_at <= ${corrected}
     and (p.to_at is null or ${corrected} < p.to_at)
    ${withKind}
    left join lateral (
      select b.terminal_id, ${isRetryOf("h", "b")} as is_retry
        from transaction b
       where b.terminal_id = h.terminal_id and b.at >= h.at - interval '180 s' and b.at <= h.at
       group by 1) before on true
   where ${isClaimed(claimed)} and h.outcome in ('declined', 'failed')
     and ${corrected} >= ${keptFrom}::timestamptz
   order by h.terminal_id, h.id, h.at
  on conflict (terminal_id, id, at) do update
     set happened_at = excluded.happened_at, store_id = excluded.store_id, kind = excluded.kind,
         entry_mode = excluded.entry_mode, issuer = excluded.issuer, operator = excluded.operator,
         acquirer_id = excluded.acquirer_id, code = excluded.code, subcause = excluded.subcause,
         release = excluded.release, is_retry = excluded.is_retry, due_at = '-infinity'`)

/** How far apart two sightings of a card can say something of each other. */
export const sightingReachDays = 7

/** Notes where the cards of these batches were seen. */
export const noteSightings = (db: Db, { now, ...claimed }: Claimed & { now: Date }) =>
  db.query(sql`
  insert into card_sighting as g (card_ref, terminal_id, at, id, org_id, happened_at, worked, kind,
    entry_mode)
  select h.card_ref, h.terminal_id, h.at, h.id, h.org_id, ${corrected}, h.outcome = 'approved',
         case when h.outcome = 'approved' then '' else ${kindOfRow} end, coalesce(h.entry_mode, '')
    from transaction h
    ${withKind}
   where ${isClaimed(claimed)} and h.card_ref is not null and h.outcome in ('approved', 'declined', 'failed')
     and ${corrected} > ${now}::timestamptz - ${sightingDays}::int * interval '1 day'
   order by h.card_ref, h.terminal_id, h.id, h.at
  on conflict (card_ref, terminal_id, id, at) do update set kind = excluded.kind
   where g.kind <> excluded.kind`)

/** Lets failed sales of the cards of these batches be judged again: the same cards were seen elsewhere. */
export const noteSeenAgain = (db: Db, claimed: Claimed) =>
  db.query(sql`
  with seen as (
    select distinct h.card_ref, h.terminal_id, ${corrected} as happened_at
      from transaction h
     where ${isClaimed(claimed)} and h.card_ref is not null
       and h.outcome in ('approved', 'declined', 'failed')),
  failed as (
    select distinct g.terminal_id, g.id, g.at
      from seen s
      join card_sighting g on g.card_ref = s.card_ref and not g.worked and g.terminal_id <> s.terminal_id
       and g.happened_at > s.happened_at - ${sightingReachDays}::int * interval '1 day'
       and g.happened_at < s.happened_at + ${sightingReachDays}::int * interval '1 day')
  update verdict v set due_at = '-infinity'
    from failed f
   where v.terminal_id = f.terminal_id and v.id = f.id and v.at = f.at and v.judged_at is not null
     and v.due_at is distinct from '-infinity'`)

/**
 * Lets failed sales be judged again at whose judgement these sales were missing although they had happened:
 * those of the same store within an hour, and those of the same terminal within a day.
 */
export const noteLate = (db: Db, claimed: Claimed) =>
  db.query(sql`
  with arrived as (
    select h.terminal_id, p.store_id, date_bin('1 hour', ${corrected}, timestamptz 'epoch') as hour,
           min(${corrected}) as first_at
      from transaction h
      join terminal_store p on p.terminal_id = h.terminal_id and p.from_at <= ${corrected}
       and (p.to_at is null or ${corrected} < p.to_at)
     where ${isClaimed(claimed)}
     group by 1, 2, 3),
  of_store as (
    select store_id, hour, min(first_at) as first_at from arrived group by 1, 2),
  of_terminal as (
    select terminal_id, min(hour) as first_hour, max(hour) as last_hour, min(first_at) as first_at
      from arrived group by 1),
  missed as (
    select v.terminal_id, v.id, v.at
      from of_store a
      join verdict v on v.store_id = a.store_id and v.happened_at >= a.hour - interval '1 hour'
       and v.happened_at < a.hour + interval '2 hours' and v.judged_at > a.first_at
    union
    select v.terminal_id, v.id, v.at
      from of_terminal a
      join verdict v on v.terminal_id = a.terminal_id and v.happened_at >= a.first_hour - interval '1 day'
       and v.happened_at < a.last_hour + interval '25 hours' and v.judged_at > a.first_at)
  update verdict v set due_at = '-infinity'
    from missed m
   where v.terminal_id = m.terminal_id and v.id = m.id and v.at = m.at
     and v.due_at is distinct from '-infinity'`)
