import sql, { raw } from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { fillPlaces } from "@/lib/rollups/fold/fill-places"
import { placeColumns } from "@/lib/rollups/fold/sql/bucket-columns"

const sumsOf = (names: readonly string[]) =>
  raw(names.map((name) => `sum(${name})::bigint as ${name}`).join(", "))
const placeSums = sumsOf(placeColumns)
const segmentSums = sumsOf(["presentments", "failures", "raw_attempts", "raw_failures"])

const ofRounds = ["online_state", "online_state_since", "next_state_at", "next_look_at", "is_recovering"]

/**
 * Everything that the fold writes for an organisation, in a stable order, without what the rounds of insight
 * write.
 */
export const rollupsOf = (orgId: string) =>
  asWorker(async (db) => ({
    hours: await db.query<Record<string, unknown>>(
      sql`
        select * from terminal_hour where org_id = ${orgId}::uuid order by terminal_id, hour, store_id, day`,
    ),
    days: await db.query<Record<string, unknown>>(
      sql`select * from terminal_day where org_id = ${orgId}::uuid order by terminal_id, day, store_id`,
    ),
    operators: await db.query<Record<string, unknown>>(sql`
      select * from operator_day where org_id = ${orgId}::uuid
       order by terminal_id, day, store_id, operator`),
    // On a cluster each group has its share of these.
    placeHours: await db.query<Record<string, unknown>>(sql`
      select org_id, store_id, hour, day, ${placeSums} from place_hour where org_id = ${orgId}::uuid
       group by org_id, store_id, hour, day order by store_id, hour, day`),
    placeDays: await db.query<Record<string, unknown>>(sql`
      select org_id, store_id, day, ${placeSums} from place_day where org_id = ${orgId}::uuid
       group by org_id, store_id, day order by store_id, day`),
    segments: await db.query<Record<string, unknown>>(sql`
      select org_id, store_id, day, dimension, value, cause, subcause, ${segmentSums}
        from segment_day where org_id = ${orgId}::uuid
       group by org_id, store_id, day, dimension, value, cause, subcause
       order by store_id, dimension, day, value, cause, subcause`),
    states: (
      await db.query<Record<string, unknown>>(
        sql`select * from terminal_state where org_id = ${orgId}::uuid order by terminal_id`,
      )
    ).map((state) => Object.fromEntries(Object.entries(state).filter(([name]) => !ofRounds.includes(name)))),
  }))

/** Makes places, and the hours with beats, what the terminals' rows say that a test inserted. */
export async function sumPlaces(orgId: string): Promise<void> {
  await asWorker((db) =>
    db.query(sql`update organisation set places_from = current_date + 3 where id = ${orgId}::uuid`),
  )
  await fillPlaces()
}

/** Makes the days of hours that a test inserted. */
export async function sumBeats(orgId: string): Promise<void> {
  await asWorker((db) =>
    db.query(sql`
      insert into terminal_day (terminal_id, day, store_id, org_id, model_id, beats)
      select terminal_id, day, store_id, org_id, min(model_id), sum(beats)
        from terminal_hour where org_id = ${orgId}::uuid group by 1, 2, 3, 4
      on conflict (terminal_id, day, store_id) do update set beats = excluded.beats`),
  )
  await sumPlaces(orgId)
}
