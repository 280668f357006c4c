import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { clockDays, lookBackBeats, lookBackDays } from "@/lib/base/time/look-back"
import { counts, type Claim } from "@/lib/rollups/fold/sql/claim"
import { counters, increments, measured, measures, resets } from "@/lib/rollups/fold/sql/columns"
import type { Beats, ClaimedBeats, Disordered, Touched } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

const lookBack = raw(`interval '${lookBackDays} days'`)
const corrected = sql`h.at + h.clock_offset_ms * interval '1 ms'`
const lastKnown = counters.map((name) => `last_known(r.${name}) over earlier as ${name}_before`).join(", ")
const sinceKnown = (name: string) => `(k.${name} - k.${name}_before)`
const sinceBefore = (name: string) => `l.${name}_more`
const before = (name: string, place: number) =>
  `case when a.at_before is null then t.${name} else a.before[${place}] end`
const differences = counters.map((name, i) => `a.${name} - ${before(name, i + 1)} as ${name}_more`).join(", ")
const list = (alias: string) => counters.map((name) => `${alias}.${name}`).join(", ")

type Range = { from: Date; to: Date } & Pick<Claim, "waiting">

/**
 * The heartbeats of touched terminal-days, with the increment of each cumulative counter since it was last
 * reported, among the day's earlier beats and the last few before the day, and the bits of those that were
 * reset. `gap` is the time since the beat before.
 */
export const makeBeats = (db: Db, { touched, ...range }: { touched: Touched } & Range): Promise<Beats> =>
  makeTemporary(
    db,
    "beat",
    sql`
    with place as (
      select t.*, t.day::timestamp at time zone t.time_zone as begins_at,
             (t.day + 1)::timestamp at time zone t.time_zone as ends_at
        from ${touched} t),
    reading as (${readings(range)}),
    known as (
      select r.*,
             r.happened_at - lag(r.happened_at) over (
               partition by r.terminal_id, r.store_id, r.day order by r.happened_at, r.at) as gap,
             ${raw(lastKnown)}
        from reading r
      window earlier as (
        partition by r.terminal_id, r.store_id, r.day order by r.happened_at, r.at
        rows between unbounded preceding and 1 preceding))
    select k.terminal_id, k.store_id, k.day, k.happened_at, k.at,
           date_bin('1 hour', k.happened_at, timestamptz 'epoch') as hour, k.gap,
           ${raw(measured)}, ${raw(increments("k", sinceKnown))}, ${raw(resets(sinceKnown))}
      from known k
      join terminal_store p on p.terminal_id = k.terminal_id and p.store_id = k.store_id
       and p.from_at <= k.happened_at and (p.to_at is null or k.happened_at < p.to_at)
     where k.happened_at >= k.begins_at`,
  )

/**
 * For each place: the beats of the day, those with a corrected clock, and the last few of the days before.
 */
const readings = ({ from, to, waiting }: Range): Sql => sql`
  select p.store_id, p.day, p.begins_at, h.at as happened_at, h.*
    from place p
    join heartbeat h on h.terminal_id = p.terminal_id and h.clock_offset_ms = 0
     and h.at >= p.begins_at and h.at < p.ends_at
   where h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz and ${counts({ waiting })}
  union all
  select p.store_id, p.day, p.begins_at, ${corrected}, h.*
    from place p
    join heartbeat h on h.terminal_id = p.terminal_id and h.clock_offset_ms <> 0
     and h.at >= p.begins_at - interval '8 days' and h.at < p.ends_at + interval '8 days'
     and ${corrected} >= p.begins_at and ${corrected} < p.ends_at
   where h.at >= ${daysAfter(from, -clockDays)}::timestamptz
     and h.at < ${daysAfter(to, clockDays)}::timestamptz
     and ${counts({ waiting })}
  union all
  select p.store_id, p.day, p.begins_at, h.happened_at, (h.raw).*
    from place p
   cross join lateral (
     select earlier.happened_at, earlier.raw
       from (
         (select h.at as happened_at, h as raw
            from heartbeat h
           where h.terminal_id = p.terminal_id and h.clock_offset_ms = 0
             and h.at < p.begins_at and h.at >= p.begins_at - ${lookBack}
             and h.at < ${to}::timestamptz and h.at >= ${daysAfter(from, -lookBackDays)}::timestamptz
             and ${counts({ waiting })}
           order by h.at desc
           limit ${lookBackBeats}::int)
         union all
         select ${corrected}, h
           from heartbeat h
          where h.terminal_id = p.terminal_id and h.clock_offset_ms <> 0
            and h.at < p.begins_at + interval '8 days'
            and h.at >= p.begins_at - ${lookBack} - interval '8 days'
            and h.at < ${daysAfter(to, clockDays)}::timestamptz
            and h.at >= ${daysAfter(from, -lookBackDays - clockDays)}::timestamptz
            and ${corrected} >= p.begins_at - ${lookBack} and ${corrected} < p.begins_at
            and ${counts({ waiting })}) earlier
      order by earlier.happened_at desc, (earlier.raw).at desc
      limit ${lookBackBeats}::int) h`

type InOrder = { claimedBeats: ClaimedBeats; disordered: Disordered }

/**
 * Like `makeBeats`, for the claimed heartbeats of terminals in order, which continue from the terminal's
 * tail. Such a terminal reports a counter always or never, so one array with all counters of the beat before
 * is enough and cheaper than one look-up for each. Tails are joined after the rows are sorted, which is
 * cheaper the narrower they are. `offset 0` lets the planner compute each difference once, and not at each of
 * its places. It is a select statement, because it is read once.
 */
export const newBeats = ({ claimedBeats, disordered }: InOrder): Sql => sql`
  with arrived as (
    select h.terminal_id, h.at, lag(h.at) over in_order as at_before, ${raw(measured)}, ${raw(list("h"))},
           lag(array[${raw(list("h"))}]) over in_order as before
      from ${claimedBeats} h
     where not exists (select 1 from ${disordered} d where d.terminal_id = h.terminal_id)
    window in_order as (partition by h.terminal_id order by h.at)),
  linked as (
    select a.terminal_id, a.at, ${raw(measures)}, ${raw(list("a"))},
           coalesce(a.at_before, t.last_beat_at) as at_before, ${raw(differences)}
      from arrived a
      left join terminal_tail t using (terminal_id)
    offset 0)
  select l.terminal_id, s.id as store_id, (l.at at time zone s.time_zone)::date as day,
         l.at as happened_at, l.at, date_bin('1 hour', l.at, timestamptz 'epoch') as hour,
         l.at - l.at_before as gap,
         ${raw(measures)}, ${raw(increments("l", sinceBefore))}, ${raw(resets(sinceBefore))}
    from linked l
    join terminal_store p on p.terminal_id = l.terminal_id
     and p.from_at <= l.at and (p.to_at is null or l.at < p.to_at)
    join store s on s.id = p.store_id`
