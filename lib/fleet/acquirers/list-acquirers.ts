import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import type { Acquirer, AcquirerList } from "@/lib/fleet/acquirers/schemas"
import { acquirers, terminalsByAcquirer } from "@/lib/fleet/acquirers/sql"
import { keptCounts, withCounts } from "@/lib/fleet/catalogue/kept-counts"

const countTerminals = keptCounts((db, stores) => terminalsByAcquirer(db, { stores }))
const none = { terminals: 0 }

/** Lists acquirers and their terms, sorted by name. */
export async function listAcquirers({ actor }: { actor: Actor }): Promise<AcquirerList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({
    data: withCounts(await acquirers(db), await countTerminals(db, actor), none),
  }))
}

/** The acquirer with this id. */
export const findAcquirer = async (db: Db, id: number): Promise<Acquirer[]> =>
  withCounts(await acquirers(db, id), await terminalsByAcquirer(db, { id }), none)
