import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { z } from "zod"
import { limitSignIn } from "@/lib/access/limit-sign-in"
import { passwordFits } from "@/lib/access/password"
import { absoluteSeconds, beginSession, endSession } from "@/lib/access/session"
import { userByEmail } from "@/lib/access/sql"
import { sessionSecret } from "@/lib/env"
import { AppError } from "@/lib/errors"
import { addressOf } from "@/lib/http/address"

const Credentials = z.object({ email: z.string().max(254), password: z.string().max(200) })

/** A sign-in that was let through: a JWT is made of it, and its session's row is there already. */
const SignedIn = z.object({ id: z.uuid(), orgId: z.uuid(), sessionId: z.uuid() })
const Token = z.object({ sid: z.uuid(), org: z.uuid() })

/**
 * The token says which session, and nothing else: users and roles are read from the database at every request.
 * `onLimited` is told where there were too many attempts, because next-auth itself says no more than no.
 */
export const authOptions = (headers: Headers, onLimited: (error: AppError) => void): NextAuthOptions => ({
  secret: sessionSecret(),
  session: { strategy: "jwt", maxAge: absoluteSeconds },
  pages: { signIn: "/sign-in" },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      authorize: async (given) => {
        const credentials = Credentials.safeParse(given)
        if (!credentials.success) return null
        const signedIn = await limitSignIn({ email: credentials.data.email, address: addressOf(headers) }).catch((error: unknown) => {
          if (error instanceof AppError) onLimited(error)
          throw error
        })
        const [user] = await userByEmail(credentials.data.email.trim())
        const fits = await passwordFits(credentials.data.password, user?.password_hash ?? null)
        if (!user || !fits) return null
        await signedIn()
        const orgId = user.org_id
        const sessionId = await beginSession({
          orgId, userId: user.id, userAgent: headers.get("user-agent")?.slice(0, 200) ?? null, address: addressOf(headers),
        })
        return { id: user.id, orgId, sessionId }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => {
      const signedIn = SignedIn.safeParse(user)
      return signedIn.success ? { sub: signedIn.data.id, sid: signedIn.data.sessionId, org: signedIn.data.orgId } : token
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
