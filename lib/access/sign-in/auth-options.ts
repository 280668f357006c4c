import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { z } from "zod"
import { authCookies } from "@/lib/access/sessions/auth-cookies"
import { clientOf } from "@/lib/access/sessions/client"
import { endFormerSession } from "@/lib/access/sessions/end-former-session"
import { absoluteSeconds, endSession } from "@/lib/access/sessions/session"
import { authLog } from "@/lib/access/sign-in/auth-log"
import { signIn } from "@/lib/access/sign-in/sign-in"
import { oidcProviders, refusalAddress } from "@/lib/access/sign-on/provider"
import { sessionSecret } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { describe } from "@/lib/base/http/answer"
import { log } from "@/lib/base/log/log"
import { text } from "@/lib/base/text/fields"

// Twice as long as any password may be in characters, and room for letters that are composed of several.
const Credentials = z.object({
  email: text(254),
  password: text(1000),
  code: text(40).default(""),
})

/** A sign-in that was let through: a JWT is made of it, and its session's row is there already. */
const SignedIn = z.object({ id: z.uuid(), orgId: z.uuid(), sessionId: z.uuid() })
const Token = z.object({ sid: z.uuid(), org: z.uuid() })

// next-auth puts the message of whatever is thrown into its answer.
function failed(error: unknown): never {
  log.error({ error: describe(error) }, "a sign-in failed")
  throw new Error("unavailable")
}

/**
 * The token says which session, and nothing else: users and roles are read from the database at every
 * request.
 * `onLimited` is told where there were too many attempts, because next-auth itself says no more than no.
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
        // What is thrown is the error that next-auth tells the form.
        if (result.kind !== "signedIn") throw new Error(result.kind)
        await endFormerSession(headers)
        return { id: result.userId, orgId: result.orgId, sessionId: result.sessionId }
      },
    }),
    ...oidcProviders(headers),
  ],
  callbacks: {
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
