import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { RuleSettings } from "@/lib/insight/flags/rule"

/** What the organisation has set for single rules. */
export async function ruleSettingsOf(db: Db, orgId: string): Promise<RuleSettings> {
  const [row] = await db.query<RuleSettings>(sql`
    select moved_radius_m as "movedRadiusM", idle_months as "idleMonths",
           idle_long_months as "idleLongMonths"
      from organisation where id = ${orgId}::uuid`)
  if (!row) throw new AppError("not_found", "The organisation no longer exists.")
  return row
}
