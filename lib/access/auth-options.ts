import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { z } from "zod"
import { passwordFits } from "@/lib/access/password"
import { userByEmail } from "@/lib/access/sql"
import { sessionSecret } from "@/lib/env"

const Credentials = z.object({ email: z.string().max(254), password: z.string().max(200) })

const twelveHours = 12 * 60 * 60

/** The token says who, and nothing else: roles are read from the database at every request. */
export const authOptions = (): NextAuthOptions => ({
  secret: sessionSecret(),
  session: { strategy: "jwt", maxAge: twelveHours },
  pages: { signIn: "/sign-in" },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      authorize: async (given) => {
        const credentials = Credentials.safeParse(given)
        if (!credentials.success) return null
        const [user] = await userByEmail(credentials.data.email.trim())
        const fits = await passwordFits(credentials.data.password, user?.password_hash ?? null)
        return user && fits ? { id: user.id } : null
      },
    }),
  ],
  callbacks: { session: ({ session }) => ({ expires: session.expires }) },
})
