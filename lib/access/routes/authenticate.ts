import { parseCookie } from "cookie"
import { LRUCache } from "lru-cache"
import { getToken } from "next-auth/jwt"
import { z } from "zod"
import { scopes, type Actor } from "@/lib/access/actor/actor"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { noteUse } from "@/lib/access/keys/note-use"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { findSession } from "@/lib/access/sessions/session"
import { keyByHash, type UserRow } from "@/lib/access/sign-in/sql"
import { sessionSecret } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { addressOf } from "@/lib/base/http/address"
import { isSameOrigin } from "@/lib/base/http/same-origin"
import { countWrongKey, refuseGuesser } from "@/lib/base/limits/wrong-keys"

const bearer = /^Bearer +(\S{1,200})$/i

/** Who sent the request: by its key, else by its session. The user is read anew every time, so that taking a right away works at once. */
export async function authenticate(
  request: Request,
  { isOpenBeforePasswordChange = false } = {},
): Promise<Actor> {
  const authorization = request.headers.get("authorization")
  if (authorization !== null) return actorByKey(authorization, addressOf(request.headers))
  const user = await sessionUser(request.headers)
  if (!user) throw new AppError("unauthenticated", "Sign in, or send Authorization: Bearer with an API key.")
  if (user.must_change_password && !isOpenBeforePasswordChange)
    throw new AppError("password_change_required", "Change the one-time password first.")
  if (request.method !== "GET" && request.method !== "HEAD" && !isSameOrigin(request.headers)) {
    throw new AppError("forbidden", "The request comes from another site.")
  }
  return actorOfUser(user, request.headers)
}

/**
 * Who sends a key from an address. An address that sent too many wrong keys is refused before the key is looked up,
 * but for keys that this process has seen to be good.
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

/** For as long a revoked key may still work in a process that just saw it: terminals send thousands of requests a second. */
const keyIsKnownForMs = 1000
const mostKnownKeys = 10_000
const knownKeys = new LRUCache<string, { actor: Promise<Actor>; until: number }>({ max: mostKnownKeys })

/** Who sends `Authorization: Bearer` with an API key. */
export function actorOfKey(authorization: string): Promise<Actor> {
  const now = Date.now()
  const known = knownKeys.get(authorization)
  if (known && known.until > now) return known.actor
  const actor = findActor(authorization)
  knownKeys.set(authorization, { actor, until: now + keyIsKnownForMs })
  // What failed is asked again the next time; a key stays good while the database does not answer.
  actor.catch((error: unknown) =>
    known && !isWrongKey(error) ? knownKeys.set(authorization, known) : knownKeys.delete(authorization),
  )
  return actor
}

async function findActor(authorization: string): Promise<Actor> {
  const key = bearer.exec(authorization)?.[1]
  const [row] = key === undefined ? [] : await keyByHash(hashSecret(key))
  if (!row) throw new AppError("unauthenticated", "The API key is unknown, revoked or expired.")
  noteUse(row)
  return {
    orgId: row.org_id,
    stores: storesOf(row),
    kind: "key",
    id: row.id,
    name: row.label,
    role: null,
    scopes: row.scopes,
    address: null,
  }
}

// PostgreSQL's arrays of int8 come as text.
const storesOf = ({ store_ids: ids }: { store_ids: string[] | null }) => ids?.map(Number) ?? null

export const actorOfUser = (user: UserRow, headers: Headers): Actor => ({
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

const Token = z.object({ sid: z.uuid() })

/** The user whose session cookie the headers carry; null without one, or where the session is over. */
export async function sessionUser(headers: Headers): Promise<UserRow | null> {
  const cookies = parseCookie(headers.get("cookie") ?? "")
  const req = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"]
  const token = Token.safeParse(await getToken({ req, secret: sessionSecret(), cookieName: sessionCookie() }))
  return token.success ? findSession(token.data.sid) : null
}
