import type { Actor } from "@/lib/access/actor/actor"
import { nameReaches } from "@/lib/access/actor/places"
import type { User } from "@/lib/access/users/schemas"
import { userById, type UserRow } from "@/lib/access/users/sql"
import type { UserState } from "@/lib/access/users/words"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Whether the user can sign in: they have set a password or used the provider. */
export const isAccepted = ({ has_password, has_provider }: UserRow) => has_password || has_provider

const stateOf = (row: UserRow): UserState =>
  row.disabled_at !== null ? "disabled" : isAccepted(row) ? "active" : "invited"

/** Users as the API answers them, with the names of their places. */
export async function usersOf(db: Db, actor: Actor, rows: UserRow[]): Promise<User[]> {
  const reaches = await nameReaches(
    db,
    rows.map(({ reach }) => reach),
  )
  return rows.map((row, i) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    reach: reaches[i] ?? null,
    state: stateOf(row),
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    hasSecondFactor: row.has_second_factor,
    hasPassword: row.has_password,
    invitedUntil: row.invited_until?.toISOString() ?? null,
    isSelf: isSelf(actor, row.id),
  }))
}

export const isSelf = (actor: Actor, userId: string) => actor.kind === "user" && actor.id === userId

export const noSuchUser = () => new AppError("not_found", "This user does not exist.")

/** Reads a user again, after a change. */
export async function readUser(db: Db, actor: Actor, userId: string): Promise<User> {
  const [user] = await usersOf(db, actor, await userById(db, userId))
  if (!user) throw noSuchUser()
  return user
}

export const subjectOf = ({ id, email }: { id: string; email: string }) => ({ kind: "user", id, name: email })
