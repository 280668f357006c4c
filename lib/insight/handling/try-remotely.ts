import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { RemoteAction } from "@/lib/insight/flags/remote-words"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import type { HandlingAnswer } from "@/lib/insight/handling/schemas"
import { flagById } from "@/lib/insight/handling/sql"

type Asked = { actor: Actor; flagId: number; action: RemoteAction }

/** Asks for an action that may help with a flag without a visit. */
export async function tryRemotely({ actor, flagId, action }: Asked): Promise<HandlingAnswer> {
  requirePermission(actor, "flags:write")
  const [flag] = await inOrganisation(actor, (db) => flagById(db, flagId))
  if (!flag) throw new AppError("not_found", "There is no such flag.")
  return handleFlags({ actor, body: { ids: [flagId], change: { what: "try", action } } })
}
