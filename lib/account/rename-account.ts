import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { getAccount } from "@/lib/account/get-account"
import { ownUser } from "@/lib/account/own-user"
import type { Account } from "@/lib/account/schemas"
import { renameUser } from "@/lib/account/sql"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"

/** Gives the actor's own account another name. */
export async function renameAccount({ actor, name }: { actor: Actor; name: string }): Promise<Account> {
  requirePermission(actor, "account")
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [row] = await renameUser(db, { userId: actor.id, name })
    if (row)
      await recordDeeds(db, actor, [
        { action: "user.renamed", subject: ownUser(actor), before: { name: row.former }, after: { name } },
      ])
  })
  return getAccount({ actor })
}
