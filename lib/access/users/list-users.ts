import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import type { UserPage, UserQuery } from "@/lib/access/users/schemas"
import { userPage } from "@/lib/access/users/sql"
import { usersOf } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"

const list = "users by email"
const Cursor = z.tuple([z.string()])

/** Returns a page of the organisation's users, sorted by email. */
export async function listUsers({
  actor,
  query: { q, cursor, limit },
}: {
  actor: Actor
  query: UserQuery
}): Promise<UserPage> {
  requirePermission(actor, "users:manage")
  const [after] = cursor === undefined ? [null] : decodeCursor(list, cursor, Cursor)
  return inOrganisation(actor, async (db) => {
    const rows = await userPage(db, { q: q || null, after, limit })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      data: await usersOf(db, actor, shown),
      nextCursor: rows.length > shown.length && last ? encodeCursor(list, [last.email]) : null,
    }
  })
}
