import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import type { User } from "@/lib/users/schemas"
import { userNow } from "@/lib/users/user-of-row"

export async function getUser({ actor, userId }: { actor: Actor; userId: string }): Promise<User> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, (db) => userNow(db, actor, userId))
}
