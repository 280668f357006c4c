import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { flagOf } from "@/lib/insight/flags/list-flags"
import type { FlagDetail } from "@/lib/insight/handling/schemas"
import { eventsOf, flagById } from "@/lib/insight/handling/sql"

/** A flag with what people did with it, the newest first. */
export async function getFlag({ actor, flagId }: { actor: Actor; flagId: number }): Promise<FlagDetail> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [row] = await flagById(db, flagId)
    if (!row) throw new AppError("not_found", "There is no such flag.")
    const events = await eventsOf(db, flagId)
    return { ...flagOf(row), events: events.map(({ at, ...event }) => ({ at: at.toISOString(), ...event })) }
  })
}
