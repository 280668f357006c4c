import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { counts, type Claim } from "@/lib/rollups/fold/sql/claim"
import { counters, stateFields } from "@/lib/rollups/fold/sql/columns"

const list = (names: readonly string[], alias = "") => names.map((name) => `${alias}${name}`).join(", ")
const set = (names: readonly string[], value: (name: string) => string) =>
  names.map((name) => `${name} = ${value(name)}`).join(", ")

/** Beats whose gaps teach a terminal's interval. */
const remembered = 21

const medianGap = (beats: string) => `
  (select percentile_cont(0.5) within group (order by gap)::int
     from (select extract(epoch from x.at - lag(x.at) over (order by x.at)) as gap from unnest(${beats}) as x (at)) spaced)`

/**
 * Brings tails and states of terminals in order up to their claimed rows. A state's field that none of a
 * terminal's beats gives stays as it was last known.
 */
export const advanceTails = async (db: Db, claim: Claim): Promise<void> => {
  await db.query(sql`
    create temporary table advanced on commit drop as
    select a.org_id, a.last_received_at, h.terminal_id, h.at as last_beat_at,
           (select array_agg(y.at order by y.at)
              from (select x.at from unnest(t.recent_beats || a.ats) as x (at) order by x.at desc limit ${remembered}) y) as recent_beats,
           ${raw(list(counters, "h."))}, ${raw(list(stateFields, "h."))}
      from beat_arrival a
      join heartbeat h on h.terminal_id = a.terminal_id and h.at = a.last_at
      left join terminal_tail t on t.terminal_id = a.terminal_id
     where h.at >= ${claim.from}::timestamptz and h.at < ${claim.to}::timestamptz
       and not exists (select 1 from disordered d where d.terminal_id = a.terminal_id)`)
  await db.query(sql`
    insert into terminal_tail as t (terminal_id, org_id, last_beat_at, recent_beats, ${raw(list(counters))})
    select terminal_id, org_id, last_beat_at, recent_beats, ${raw(list(counters))} from advanced order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at, recent_beats = excluded.recent_beats, ${raw(set(counters, (name) => `excluded.${name}`))}`)
  await db.query(sql`
    insert into terminal_state as st (terminal_id, org_id, last_beat_at, last_received_at, learnt_interval_seconds, clock_offset_ms, ${raw(list(stateFields))})
    select terminal_id, org_id, last_beat_at, last_received_at, ${raw(medianGap("recent_beats"))}, 0, ${raw(list(stateFields))}
      from advanced
     where not exists (select 1 from restated r where r.terminal_id = advanced.terminal_id)
     order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at, last_received_at = greatest(st.last_received_at, excluded.last_received_at),
           learnt_interval_seconds = excluded.learnt_interval_seconds, clock_offset_ms = 0,
           ${raw(set(stateFields, (name) => `coalesce(excluded.${name}, st.${name})`))}`)
}

/** Notes the newest sale of every terminal whose sales were just folded, in order or not. */
export const noteSales = async (db: Db): Promise<void> => {
  await db.query(sql`
    create temporary table newest_sale on commit drop as
    select s.terminal_id, n.org_id, max(s.happened_at) as last_sale_at
      from (select terminal_id, last_at as happened_at from sale_arrival where not is_disordered
            union all
            select terminal_id, happened_at from sale) s
      join terminal n on n.id = s.terminal_id
     group by 1, 2`)
  await db.query(sql`
    insert into terminal_tail as t (terminal_id, org_id, last_sale_at)
    select terminal_id, org_id, last_sale_at from newest_sale order by terminal_id
    on conflict (terminal_id) do update set last_sale_at = greatest(t.last_sale_at, excluded.last_sale_at)`)
  await db.query(sql`
    insert into terminal_state as st (terminal_id, org_id, last_sale_at)
    select terminal_id, org_id, last_sale_at from newest_sale order by terminal_id
    on conflict (terminal_id) do update set last_sale_at = greatest(st.last_sale_at, excluded.last_sale_at)`)
}

const newestKnown = stateFields
  .map(
    (name) =>
      `(array_agg(s.${name} order by s.happened_at desc) filter (where s.${name} is not null))[1] as ${name}`,
  )
  .join(", ")
const ofNewest = counters
  .map((name) => `(array_agg(s.${name} order by s.happened_at desc))[1] as ${name}`)
  .join(", ")

/**
 * Looks tails and states of restated terminals up anew: of each field the newest value among the last fifty
 * beats by measured time, so that the order in which beats came in makes no difference. A beat that came late
 * says that the terminal lived when it was measured, not when it came. What the detector wrote stays, and so does
 * what is known of a newer beat whose row is deleted by now.
 */
export const restateTails = async (db: Db, { from, waiting }: Claim): Promise<void> => {
  await db.query(sql`
    create temporary table restatement on commit drop as
    with recent as (
      select h.happened_at, (h.raw).*
        from restated r
       cross join lateral (
         select newest.happened_at, newest.raw
           from (
             (select h.at as happened_at, h as raw
                from heartbeat h
               where h.terminal_id = r.terminal_id and h.clock_offset_ms = 0 and ${counts({ waiting })}
                 and h.at >= least(${from}::timestamptz, now() - interval '42 days') and h.at < now() + interval '8 days'
               order by h.at desc
               limit 50)
             union all
             (select h.at + h.clock_offset_ms * interval '1 ms', h
                from heartbeat h
               where h.terminal_id = r.terminal_id and h.clock_offset_ms <> 0 and ${counts({ waiting })}
                 and h.at >= least(${from}::timestamptz, now() - interval '42 days') and h.at < now() + interval '8 days'
               order by 1 desc
               limit 50)) newest
          order by newest.happened_at desc
          limit 50) h)
    select s.terminal_id, min(s.org_id::text)::uuid as org_id, max(s.happened_at) as last_beat_at, max(least(b.received_at, s.happened_at)) as last_received_at,
           (array_agg(s.clock_offset_ms order by s.happened_at desc))[1] as clock_offset_ms,
           (select array_agg(x.at order by x.at) from unnest((array_agg(s.happened_at order by s.happened_at desc))[1:${remembered}::int]) as x (at)) as recent_beats,
           ${raw(ofNewest)}, ${raw(newestKnown)}
      from recent s
      left join ingest_batch b on b.id = s.batch_id
     group by 1`)
  await db.query(sql`
    insert into terminal_tail as t (terminal_id, org_id, last_beat_at, recent_beats, ${raw(list(counters))})
    select terminal_id, org_id, last_beat_at, recent_beats, ${raw(list(counters))} from restatement order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at, recent_beats = excluded.recent_beats, ${raw(set(counters, (name) => `excluded.${name}`))}
     where t.last_beat_at is null or excluded.last_beat_at >= t.last_beat_at`)
  await db.query(sql`
    insert into terminal_state as st (terminal_id, org_id, last_beat_at, last_received_at, learnt_interval_seconds, clock_offset_ms, ${raw(list(stateFields))})
    select terminal_id, org_id, last_beat_at, last_received_at, ${raw(medianGap("recent_beats"))}, clock_offset_ms, ${raw(list(stateFields))}
      from restatement
     order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at, last_received_at = greatest(st.last_received_at, excluded.last_received_at),
           learnt_interval_seconds = excluded.learnt_interval_seconds, clock_offset_ms = excluded.clock_offset_ms,
           ${raw(set(stateFields, (name) => `coalesce(excluded.${name}, st.${name})`))}
     where st.last_beat_at is null or excluded.last_beat_at >= st.last_beat_at`)
}
