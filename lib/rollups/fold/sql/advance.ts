import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { counters, stateFields } from "@/lib/rollups/fold/sql/columns"
import {
  learntInterval,
  list,
  remembered,
  setCounters,
  setFields,
  setRounds,
} from "@/lib/rollups/fold/sql/state-columns"
import type {
  Advanced,
  BeatArrivals,
  ClaimedBeats,
  Disordered,
  Restated,
} from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

type InOrder = { claimedBeats: ClaimedBeats; beatArrivals: BeatArrivals; disordered: Disordered }

/** The newest claimed beat of each terminal in order, and the times of its last beats. */
export const makeAdvanced = (
  db: Db,
  { claimedBeats, beatArrivals, disordered }: InOrder,
): Promise<Advanced> =>
  makeTemporary(
    db,
    "advanced",
    sql`
    select a.org_id, a.last_received_at, h.terminal_id, h.at as last_beat_at,
           (t.recent_beats || a.ats)[greatest(cardinality(t.recent_beats || a.ats) - ${remembered}, 0) + 1:]
             as recent_beats,
           ${list(counters, "h.")}, ${list(stateFields, "h.")}
      from ${beatArrivals} a
      join ${claimedBeats} h on h.terminal_id = a.terminal_id and h.at = a.last_at
      left join terminal_tail t on t.terminal_id = a.terminal_id
     where not exists (select 1 from ${disordered} d where d.terminal_id = a.terminal_id)`,
  )

/** Sets tails to the newest beats. */
export const advanceTails = (db: Db, { advanced }: { advanced: Advanced }) =>
  db.query(sql`
    insert into terminal_tail as t (terminal_id, org_id, last_beat_at, recent_beats, ${list(counters)})
    select terminal_id, org_id, last_beat_at, recent_beats, ${list(counters)}
      from ${advanced}
     order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at, recent_beats = excluded.recent_beats, ${setCounters}`)

/** Sets states to the newest beats, except for terminals whose state is looked up. */
export const advanceStates = (db: Db, { advanced, restated }: { advanced: Advanced; restated: Restated }) =>
  db.query(sql`
    insert into terminal_state as st (terminal_id, org_id, last_beat_at, last_received_at,
                                      learnt_interval_seconds, clock_offset_ms, ${list(stateFields)})
    select terminal_id, org_id, last_beat_at, last_received_at, ${learntInterval}, 0, ${list(stateFields)}
      from ${advanced} a
     where not exists (select 1 from ${restated} r where r.terminal_id = a.terminal_id)
     order by terminal_id
    on conflict (terminal_id) do update
       set last_beat_at = excluded.last_beat_at,
           last_received_at = greatest(st.last_received_at, excluded.last_received_at),
           learnt_interval_seconds = excluded.learnt_interval_seconds, clock_offset_ms = 0, ${setFields},
           ${setRounds}`)
