import { LRUCache } from "lru-cache"
import { scopes, type Actor } from "@/lib/access/actor/actor"
import { storesOf } from "@/lib/access/actor/stores-of"
import { findKey } from "@/lib/access/keys/find-key"
import type { SessionUser } from "@/lib/access/sessions/session-user"
import { userOfCookie } from "@/lib/access/sessions/user-of-cookie"
import { AppError } from "@/lib/base/errors"
import { addressOf } from "@/lib/base/http/address"
import { isSameOrigin } from "@/lib/base/http/same-origin"
import { countWrongKey, refuseGuesser } from "@/lib/base/limits/wrong-keys"

const bearer = /^Bearer +(\S{1,200})$/i

/**
 * The actor of a request, from its key or its session. The user is read from the database every time, so a
 * permission that is taken away is gone at once.
 */
export async function authenticate(
  request: Request,
  { isOpenBeforePasswordChange = false } = {},
): Promise<Actor> {
  const authorization = request.headers.get("authorization")
  if (authorization !== null) return actorByKey(authorization, addressOf(request.headers))
  const user = await userOfCookie(request.headers)
  if (!user) throw new AppError("unauthenticated", "Sign in, or send an API key as Authorization: Bearer.")
  if (user.must_change_password && !isOpenBeforePasswordChange)
    throw new AppError("password_change_required", "Change the one-time password first.")
  if (request.method !== "GET" && request.method !== "HEAD" && !isSameOrigin(request.headers)) {
    throw new AppError("forbidden", "The request comes from another site.")
  }
  return actorOfUser(user, request.headers)
}

/**
 * The actor of a key sent from an address. An address with too many wrong keys is refused before the
 * lookup, unless this process has recently seen the key work.
 */
export async function actorByKey(authorization: string, address: string | null): Promise<Actor> {
  if (!knownKeys.has(authorization)) refuseGuesser(address)
  try {
    return { ...(await actorOfKey(authorization)), address }
  } catch (error) {
    if (isWrongKey(error)) await countWrongKey(address)
    throw error
  }
}

const isWrongKey = (error: unknown): boolean => error instanceof AppError && error.code === "unauthenticated"

/**
 * How long a process may accept a key that was revoked meanwhile. Terminals send thousands of requests a
 * second.
 */
const keyIsKnownForMs = 1000
const mostKnownKeys = 10_000
const knownKeys = new LRUCache<string, { actor: Promise<Actor>; until: number }>({ max: mostKnownKeys })

/** The actor of the key in an `Authorization: Bearer` header. */
export function actorOfKey(authorization: string): Promise<Actor> {
  const now = Date.now()
  const known = knownKeys.get(authorization)
  if (known && known.until > now) return known.actor
  const actor = findActor(authorization)
  knownKeys.set(authorization, { actor, until: now + keyIsKnownForMs })
  // A failed lookup is not cached. A known key keeps working while the database does not answer.
  actor.catch((error: unknown) =>
    known && !isWrongKey(error) ? knownKeys.set(authorization, known) : knownKeys.delete(authorization),
  )
  return actor
}

async function findActor(authorization: string): Promise<Actor> {
  const key = bearer.exec(authorization)?.[1]
  const actor = key === undefined ? null : await findKey(key)
  if (!actor) throw new AppError("unauthenticated", "The API key is unknown, revoked or expired.")
  return actor
}

export const actorOfUser = (user: SessionUser, headers: Headers): Actor => ({
  orgId: user.org_id,
  stores: storesOf(user),
  kind: "user",
  id: user.id,
  name: user.email,
  role: user.role,
  scopes,
  address: addressOf(headers),
  sessionId: user.session_id,
})
