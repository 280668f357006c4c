import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { auditEntryOf } from "@/lib/intake/quarantine/audit-entry"
import type { Moved, DiscardQuery } from "@/lib/intake/quarantine/schemas"
import { countMatching, discardOpen, restoreDiscarded } from "@/lib/intake/quarantine/sql"

const mostRecords = 5_000

type Discarding = { actor: Actor; query: DiscardQuery }

/**
 * Discards open records, a limited number per call. If they are sent again, they are counted and stay
 * discarded. After 90 days they are deleted.
 */
export const discardQuarantine = ({ actor, query }: Discarding): Promise<Moved> =>
  put(actor, { ...query, state: "open" }, discardOpen)

/** Makes discarded records open again. */
export const restoreQuarantine = ({ actor, query }: Discarding): Promise<Moved> =>
  put(actor, { ...query, state: "discarded" }, restoreDiscarded)

async function put(
  actor: Actor,
  filter: DiscardQuery & { state: "open" | "discarded" },
  move: typeof discardOpen,
): Promise<Moved> {
  requirePermission(actor, "quarantine:write")
  return inOrganisation(actor, async (db) => {
    const moved = await move(db, { ...filter, limit: mostRecords })
    if (moved.length > 0) {
      const action = filter.state === "open" ? "quarantine.discarded" : "quarantine.restored"
      await recordAudit(db, actor, [
        auditEntryOf(
          action,
          moved.map(({ id }) => id),
        ),
      ])
    }
    const [counted] = moved.length < mostRecords ? [] : await countMatching(db, filter)
    return { moved: moved.length, left: counted?.count ?? 0 }
  })
}
