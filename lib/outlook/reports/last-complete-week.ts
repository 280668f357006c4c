import type { Actor } from "@/lib/access/actor/actor"
import { organisationOf } from "@/lib/access/organisation/own-organisation"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"

/** The name of the last week that has ended in the organisation's zone. */
export async function lastCompleteWeek({ actor, now }: { actor: Actor; now: Date }): Promise<string> {
  const { timeZone } = await organisationOf(actor.orgId)
  return shiftWeek(weekOf(now, timeZone), -1).name
}
