import { getAccount } from "@/lib/access/account/get-account"
import { ownUser } from "@/lib/access/account/own-user"
import type { Account } from "@/lib/access/account/schemas"
import { renameUser } from "@/lib/access/account/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

/** Changes the name of the actor's account. */
export async function renameAccount({ actor, name }: { actor: Actor; name: string }): Promise<Account> {
  requirePermission(actor, "account")
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [row] = await renameUser(db, { userId: actor.id, name })
    if (row)
      await recordAudit(db, actor, [
        { action: "user.renamed", subject: ownUser(actor), before: { name: row.former }, after: { name } },
      ])
  })
  return getAccount({ actor })
}
