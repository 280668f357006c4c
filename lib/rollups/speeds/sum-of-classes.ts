import sql, { join, raw, type Sql } from "sql-template-tag"
import { classCount } from "@/lib/rollups/speeds/classes"

/** The sum of arrays of counts, class by class: cheaper than a row for each class. */
export const sumOfClasses = (counts: Sql): Sql =>
  sql`array[${join(
    Array.from({ length: classCount }, (_, i) => sql`sum((${counts})[${raw(String(i + 1))}])`),
  )}]::int[]`
