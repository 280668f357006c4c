import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { z } from "zod"
import { authCookies } from "@/lib/access/sessions/auth-cookies"
import { clientOf } from "@/lib/access/sessions/client"
import { endFormerSession } from "@/lib/access/sessions/end-former-session"
import { absoluteSeconds, endSession } from "@/lib/access/sessions/session"
import { authLog } from "@/lib/access/sign-in/auth-log"
import { ownPath } from "@/lib/access/sign-in/own-path"
import { signIn } from "@/lib/access/sign-in/sign-in"
import { oidcProviders, refusalAddress } from "@/lib/access/sign-on/provider"
import { sessionSecret } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"
import { text } from "@/lib/base/text/fields"

// Longer than any valid password: room for letters made of several code points.
const Credentials = z.object({
  email: text(254),
  password: text(1000),
  code: text(40).default(""),
})

/** The result of a successful sign-in. The session's row exists already. */
const SignedIn = z.object({ id: z.uuid(), orgId: z.uuid(), sessionId: z.uuid() })
const Token = z.object({ sid: z.uuid(), org: z.uuid() })

// next-auth puts the message of any error into its answer, so it must not reveal anything.
function failed(error: unknown): never {
  log.error({ error: describe(error) }, "a sign-in failed")
  throw new Error("unavailable")
}

/**
 * The token names a session and nothing else: user and role are read from the database at every request.
 * `onLimited` gets the error of a refused attempt, because next-auth itself reports only a failure.
 */
export const authOptions = (headers: Headers, onLimited: (error: AppError) => void): NextAuthOptions => ({
  secret: sessionSecret(),
  logger: authLog,
  session: { strategy: "jwt", maxAge: absoluteSeconds },
  cookies: authCookies(),
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: "email" }, password: { type: "password" }, code: { type: "text" } },
      authorize: async (given) => {
        const credentials = Credentials.safeParse(given)
        if (!credentials.success) return null
        const result = await signIn(credentials.data, clientOf(headers)).catch((error: unknown) => {
          if (!(error instanceof AppError && error.code === "rate_limited")) return failed(error)
          onLimited(error)
          throw error
        })
        if (result.kind === "refused") return null
        // next-auth shows the form this error's message.
        if (result.kind !== "signedIn") throw new Error(result.kind)
        await endFormerSession(headers)
        return { id: result.userId, orgId: result.orgId, sessionId: result.sessionId }
      },
    }),
    ...oidcProviders(headers),
  ],
  callbacks: {
    redirect: ({ url, baseUrl }) => baseUrl + ownPath(url, baseUrl),
    signIn: ({ user }) => refusalAddress(user) ?? true,
    jwt: ({ token, user }) => {
      const signedIn = SignedIn.safeParse(user)
      return signedIn.success
        ? { sub: signedIn.data.id, sid: signedIn.data.sessionId, org: signedIn.data.orgId }
        : token
    },
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    signOut: async ({ token }) => {
      const ended = Token.safeParse(token)
      if (ended.success) await endSession({ orgId: ended.data.org, sessionId: ended.data.sid })
    },
  },
})
