import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import type { User } from "@/lib/access/users/schemas"
import { readUser } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"

export async function getUser({ actor, userId }: { actor: Actor; userId: string }): Promise<User> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, (db) => readUser(db, actor, userId))
}
