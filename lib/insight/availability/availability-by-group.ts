import type { Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Days } from "@/lib/base/time/range"
import { hoursByGroup } from "@/lib/insight/availability/sql"

type OpenHours = { openHours: number; upHours: number; share: number | null }

/** The hardware's availability of groups of terminals. `member` selects terminal_id and group_id. */
export async function availabilityByGroup(db: Db, member: Sql, days: Days): Promise<Map<number, OpenHours>> {
  const rows = await hoursByGroup(db, member, days)
  return new Map(
    rows.map(({ group_id: group, open_hours: openHours, up_hours: upHours }) => [
      group,
      { openHours, upHours, share: openHours === 0 ? null : upHours / openHours },
    ]),
  )
}
