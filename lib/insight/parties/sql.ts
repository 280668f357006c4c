import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { businessSubcauses, technicalSubcauses } from "@/lib/insight/parties/declines"
import type { PartyKind } from "@/lib/insight/parties/words"
import { segmentRows, type SegmentReading } from "@/lib/insight/rates/rows-sql"

export type DayRow = {
  value: string
  day: string
  attempts: number
  failures: number
  business: number
  technical: number
}

/** The sales of these parties by day. */
export const partyDays = (db: Db, kind: PartyKind, reading: SegmentReading, values: readonly string[]) =>
  db.query<DayRow>(sql`
  select x.value, x.day, sum(x.presentments) as attempts, sum(x.failures) as failures,
         coalesce(sum(x.failures) filter (where x.subcause = any(${businessSubcauses}::text[])), 0) as business,
         coalesce(sum(x.failures) filter (where x.subcause = any(${technicalSubcauses}::text[])), 0)
           as technical
    from (${segmentRows(reading, kind)}) x
   where x.is_now and x.value = any(${[...values]}::text[])
   group by 1, 2
   order by 1, 2`)
