import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { wrongClockFromMs } from "@/lib/base/time/clock"

export type ReportRow = {
  id: number
  clock_wrong_since: Date | null
  maintenance_since: Date | null
  batch_named_at: Date | null
}

/**
 * Since when clocks have been wrong and terminals in maintenance, and which heartbeat last named a batch,
 * of the four days before `now`. Times are corrected. Raw times may be a week off.
 */
export const lastReports = (db: Db, { ids, now }: { ids: readonly number[]; now: Date }) =>
  db.query<ReportRow>(sql`
  select id, min(at) filter (where is_wrong and at > coalesce(right_at, '-infinity')) as clock_wrong_since,
         min(at) filter (where mode = 'maintenance' and at > coalesce(in_use_at, '-infinity'))
           as maintenance_since,
         max(at) filter (where batch_opened_at is not null) as batch_named_at
    from (select id, at, is_wrong, mode, batch_opened_at,
                 max(at) filter (where not is_wrong) over terminal as right_at,
                 max(at) filter (where mode <> 'maintenance') over terminal as in_use_at
            from (select terminal_id as id, at + clock_offset_ms * interval '1 ms' as at, mode,
                         batch_opened_at, abs(clock_offset_ms) > ${wrongClockFromMs}::bigint as is_wrong
                    from heartbeat
                   where terminal_id = any(${[...ids]}::bigint[])
                     and at > ${now}::timestamptz - interval '11 days'
                     and at < ${now}::timestamptz + interval '8 days') beat
           where at > ${now}::timestamptz - interval '4 days' and at <= ${now}::timestamptz
          window terminal as (partition by id)) beat
   group by 1`)
