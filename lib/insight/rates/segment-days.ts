import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { segmentRows, type Reading } from "@/lib/insight/rates/rows-sql"

export type SegmentDay = {
  value: string
  day: string
  attempts: number
  failures: number
  business: number
  technical: number
}

type Asked = {
  dimension: string
  values: readonly string[]
  /** The subcauses of business and of technical declines. */
  business: readonly string[]
  technical: readonly string[]
}

/** The sales of these values of a dimension by day, with two groups of their failures. */
export const segmentDays = (db: Db, reading: Reading, { dimension, values, business, technical }: Asked) =>
  db.query<SegmentDay>(sql`
  select x.value, x.day, sum(x.presentments) as attempts, sum(x.failures) as failures,
         coalesce(sum(x.failures) filter (where x.subcause = any(${[...business]}::text[])), 0) as business,
         coalesce(sum(x.failures) filter (where x.subcause = any(${[...technical]}::text[])), 0) as technical
    from (${segmentRows(reading, dimension)}) x
   where x.is_now and x.value = any(${[...values]}::text[])
   group by 1, 2
   order by 1, 2`)
