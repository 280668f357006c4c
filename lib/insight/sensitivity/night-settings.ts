import type { Sensitivity } from "@/lib/access/organisation/words"
import type { Db } from "@/lib/base/db/transaction"
import type { NightlyRule } from "@/lib/insight/flags/words"
import { sensitivityRow } from "@/lib/insight/sensitivity/sql"
import { tightenedRules } from "@/lib/insight/sensitivity/tighten-rules"

export type NightSettings = { sensitivity: Sensitivity; tightened: ReadonlySet<NightlyRule> }

/** How sure a night is to be before it opens flags. */
export async function nightSettings(db: Db, orgId: string): Promise<NightSettings> {
  const [own] = await sensitivityRow(db, orgId)
  return { sensitivity: own?.sensitivity ?? "normal", tightened: await tightenedRules(db, orgId) }
}
