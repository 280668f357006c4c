import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { counts, type Claim } from "@/lib/rollups/fold/sql/claim"
import { counters, saidOf, stateFields } from "@/lib/rollups/fold/sql/columns"
import {
  learntInterval,
  list,
  remembered,
  setCounters,
  setFields,
  setRounds,
} from "@/lib/rollups/fold/sql/state-columns"
import type { Restated, Restatement } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

const corrected = sql`h.at + h.clock_offset_ms * interval '1 ms'`
const newest = (name: string) => `array_agg(s.${name} order by s.happened_at desc, s.at desc)`
const newestKnown = raw(
  stateFields
    .map((name) => `(${newest(name)} filter (where s.${saidOf[name] ?? name} is not null))[1] as ${name}`)
    .join(", "),
)
const ofNewest = raw(counters.map((name) => `(${newest(name)})[1] as ${name}`).join(", "))

type Restating = { restated: Restated; from: Date } & Pick<Claim, "waiting">

/**
 * Recomputed tails and states of restated terminals: of each field the newest value among the last fifty
 * beats by measured time. The order of arrival makes no difference. A late beat counts as a sign of life at
 * the time when it was measured.
 */
export const makeRestatement = (db: Db, { restated, from, waiting }: Restating): Promise<Restatement> =>
  makeTemporary(
    db,
    "restatement",
    sql`
    with recent as (
      select h.happened_at, (h.raw).*
        from ${restated} r
       cross join lateral (
         select newest.happened_at, newest.raw
           from (
             (select h.at as happened_at, h as raw
                from heartbeat h
               where h.terminal_id = r.terminal_id and h.clock_offset_ms = 0 and ${counts({ waiting })}
                 and h.at >= least(${from}::timestamptz, now() - interval '42 days')
                 and h.at < now() + interval '8 days'
               order by h.at desc
               limit 50)
             union all
             (select ${corrected}, h
                from heartbeat h
               where h.terminal_id = r.terminal_id and h.clock_offset_ms <> 0 and ${counts({ waiting })}
                 and h.at >= least(${from}::timestamptz, now() - interval '42 days')
                 and h.at < now() + interval '8 days'
               order by 1 desc
               limit 50)) newest
          order by newest.happened_at desc, (newest.raw).at desc
          limit 50) h)
    select s.terminal_id, min(s.org_id::text)::uuid as org_id, max(s.happened_at) as last_beat_at,
           max(least(b.received_at, s.happened_at)) as last_received_at,
           (array_agg(s.clock_offset_ms order by s.happened_at desc, s.at desc))[1] as clock_offset_ms,
           (select array_agg(x.at order by x.at)
              from unnest((array_agg(s.happened_at order by s.happened_at desc))[1:${remembered}]) as x (at)
           ) as recent_beats,
           ${ofNewest}, ${newestKnown}
      from recent s
      left join ingest_batch b on b.id = s.batch_id
     group by 1`,
  )

/** Writes tails. Keeps values of a newer beat whose row is already deleted. */
export const restateTails = (db: Db, { restatement }: { restatement: Restatement }) =>
  db.query(sql`
    insert into terminal_tail as t (terminal_id, org_id, last_beat_at, recent_beats, ${list(counters)})
    select terminal_id, org_id, last_beat_at, recent_beats, ${list(counters)}
      from ${restatement}
     order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at, recent_beats = excluded.recent_beats, ${setCounters}
     where t.last_beat_at is null or excluded.last_beat_at >= t.last_beat_at`)

/** Writes states, with the same exception. */
export const restateStates = (db: Db, { restatement }: { restatement: Restatement }) =>
  db.query(sql`
    insert into terminal_state as st (terminal_id, org_id, last_beat_at, last_received_at,
                                      learnt_interval_seconds, clock_offset_ms, ${list(stateFields)})
    select terminal_id, org_id, last_beat_at, last_received_at, ${learntInterval}, clock_offset_ms,
           ${list(stateFields)}
      from ${restatement}
     order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at,
           last_received_at = greatest(st.last_received_at, excluded.last_received_at),
           learnt_interval_seconds = excluded.learnt_interval_seconds,
           clock_offset_ms = excluded.clock_offset_ms, ${setFields},
           ${setRounds}
     where st.last_beat_at is null or excluded.last_beat_at >= st.last_beat_at`)
