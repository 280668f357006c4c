import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation } from "@/lib/base/db/transaction"
import { organisationRow } from "@/lib/outlook/reports/sql"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"

/** The name of the newest week that is over in the organisation's zone. */
export async function lastCompleteWeek({ actor, now }: { actor: Actor; now: Date }): Promise<string> {
  const [organisation] = await inOrganisation(actor, organisationRow)
  return shiftWeek(weekOf(now, organisation?.time_zone ?? "UTC"), -1).name
}
