import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import type { UserPage, UserQuery } from "@/lib/access/users/schemas"
import { allUsers, userOrder, userPage } from "@/lib/access/users/sql"
import { usersOf } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"

/** Returns a page of the organisation's users, sorted by email. */
export async function listUsers({
  actor,
  query: { q, cursor, limit },
}: {
  actor: Actor
  query: UserQuery
}): Promise<UserPage> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(userOrder, { cursor, limit }, (slice) => userPage(db, q, slice))
    return { data: await usersOf(db, actor, rows), ...links, ...(await countRows(db, allUsers(q))) }
  })
}
