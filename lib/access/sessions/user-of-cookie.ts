import { parseCookie } from "cookie"
import { getToken } from "next-auth/jwt"
import { z } from "zod"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { findSession } from "@/lib/access/sessions/session"
import type { SessionUser } from "@/lib/access/sessions/session-user"
import { sessionSecret } from "@/lib/base/env"

const Token = z.object({ sid: z.uuid() })

/** The user of the session cookie. Null without a cookie, or if the session is over. */
export async function userOfCookie(headers: Headers): Promise<SessionUser | null> {
  const cookies = parseCookie(headers.get("cookie") ?? "")
  const req = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"]
  const token = Token.safeParse(await getToken({ req, secret: sessionSecret(), cookieName: sessionCookie() }))
  return token.success ? findSession(token.data.sid) : null
}
