import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import type { Day } from "@/lib/base/time/zone"
import { failedRuns, type Attempt } from "@/lib/insight/availability/failing-hours"
import { attemptsIn, type HourRow } from "@/lib/insight/availability/settle-sql"

const hourMs = 3_600_000

/** `sales`: the hours with sales of a terminal at a store, in order, for each of them. */
type Asked = { orgId: string; day: Day; sales: Iterable<readonly HourRow[]> }

/** The attempts to sell around the failed sales of terminals on a day, by terminal and in order. */
export async function attemptsAround(db: Db, { orgId, day, sales }: Asked): Promise<Map<number, Attempt[]>> {
  const stretches = [...sales].flatMap((hours) =>
    failedRuns(hours).map(({ first, last, before, after }) => ({
      id: hours[0]?.id ?? 0,
      from: new Date((before ?? first) * hourMs),
      to: new Date(((after ?? last) + 1) * hourMs),
    })),
  )
  const rows = stretches.length > 0 ? await attemptsIn(db, { orgId, day, stretches }) : []
  const attempts = rows.map(({ id, at, has_worked: hasWorked }) => ({ id, at: at.getTime(), hasWorked }))
  return groupBy(attempts, ({ id }) => id)
}
