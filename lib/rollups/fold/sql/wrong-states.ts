import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { counts } from "@/lib/rollups/fold/sql/claim"
import type { Difference } from "@/lib/rollups/fold/sql/differences"
import type { Restated, WrongStates } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

const corrected = sql`h.at + h.clock_offset_ms * interval '1 ms'`

const startOf = (day: string) => sql`${day}::date::timestamp at time zone 'UTC'`

type Days = { orgId: string; from: string; to: string; waiting: number[] }

/**
 * Terminals whose stored and recounted newest beat differ, if either is of these days (UTC, `to` excluded).
 */
export const makeWrongStates = (db: Db, { orgId, from, to, waiting }: Days): Promise<WrongStates> => {
  const [begin, end] = [startOf(from), startOf(to)]
  return makeTemporary(
    db,
    "wrong_state",
    sql`
    select t.id as terminal_id, st.last_beat_at as stored, b.happened_at as recounted
      from terminal t
      left join terminal_state st on st.terminal_id = t.id
     cross join lateral (
       select max(newest.happened_at) as happened_at
         from (
           (select h.at as happened_at from heartbeat h
             where h.terminal_id = t.id and h.clock_offset_ms = 0 and ${counts({ waiting })}
               and h.at >= ${begin} and h.at < now() + interval '8 days'
             order by h.at desc limit 1)
           union all
           select ${corrected} from heartbeat h
            where h.terminal_id = t.id and h.clock_offset_ms <> 0 and ${counts({ waiting })}
              and h.at >= ${begin} - interval '8 days' and h.at < now() + interval '8 days'
              and ${corrected} >= ${begin}) newest) b
     where t.org_id = ${orgId}::uuid and st.last_beat_at is distinct from b.happened_at
       and ((st.last_beat_at >= ${begin} and st.last_beat_at < ${end})
         or (b.happened_at >= ${begin} and b.happened_at < ${end}))`,
  )
}

export const stateDifferences = (db: Db, { wrongStates }: { wrongStates: WrongStates }) =>
  db.query<Difference>(sql`
  select 'terminal_state' as table, 'terminal_id ' || terminal_id as key, 'last_beat_at' as column,
         stored::text, recounted::text
    from ${wrongStates}
   order by terminal_id`)

/** Like `makeRestated`, for the terminals of wrong states. */
export const makeRestatedOfWrong = (
  db: Db,
  { wrongStates }: { wrongStates: WrongStates },
): Promise<Restated> => makeTemporary(db, "restated", sql`select terminal_id from ${wrongStates}`)

/** Deletes the tails of restated terminals, so that they are recomputed. */
export const clearTails = (db: Db, { restated }: { restated: Restated }) =>
  db.query(sql`delete from terminal_tail t using ${restated} r where t.terminal_id = r.terminal_id`)

/** Clears their newest beats for the same reason. */
export const clearLastBeats = (db: Db, { restated }: { restated: Restated }) =>
  db.query(sql`
  update terminal_state st set last_beat_at = null from ${restated} r where st.terminal_id = r.terminal_id`)
