import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { earliestTime } from "@/lib/base/time/earliest"

/** No record is older, and none is newer. */
const everything = sql`
  h.at >= ${new Date(earliestTime)}::timestamptz and h.at < now() + interval '8 days'`

/** The days (UTC, as sent) of which a terminal has records. */
export const daysOfRecords = async (db: Db, terminalId: number): Promise<string[]> => {
  const days = await db.query<{ day: string }>(sql`
    select (h.at at time zone 'UTC')::date as day from heartbeat h
     where h.terminal_id = ${terminalId}::bigint and ${everything}
    union
    select (h.at at time zone 'UTC')::date from transaction h
     where h.terminal_id = ${terminalId}::bigint and ${everything}
     order by 1`)
  return days.map(({ day }) => day)
}
