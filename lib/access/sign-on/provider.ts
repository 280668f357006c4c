import type { User } from "next-auth"
import type { OAuthConfig } from "next-auth/providers/oauth"
import { z } from "zod"
import { clientOf } from "@/lib/access/sessions/client"
import { endFormerSession } from "@/lib/access/sessions/end-former-session"
import { Claims, groupsOf } from "@/lib/access/sign-on/claims"
import { signInByProvider } from "@/lib/access/sign-on/sign-in-by-provider"
import { refusals, type SignInRefusal } from "@/lib/access/sign-on/words"
import { env, oidcEnv } from "@/lib/base/env"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

const id = "oidc"
const answersWithinMs = 10_000

/** The address that the provider sends people back to. It must be registered there. */
export const redirectUri = (): string =>
  new URL(`/api/auth/callback/${id}`, env().NEXTAUTH_URL ?? `http://localhost:${env().PORT}`).toString()

/** The provider that the environment configures, if any. */
export function oidcProviders(headers: Headers): OAuthConfig<Record<string, unknown>>[] {
  const oidc = oidcEnv()
  if (!oidc) return []
  return [
    {
      id,
      name: oidc.OIDC_NAME,
      type: "oauth",
      wellKnown: `${oidc.OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: oidc.OIDC_CLIENT_ID,
      clientSecret: oidc.OIDC_CLIENT_SECRET,
      authorization: { params: { scope: oidc.OIDC_SCOPES } },
      checks: ["pkce", "state", "nonce"],
      idToken: true,
      httpOptions: { timeout: answersWithinMs },
      userinfo: {
        // The ID token is signed. The user info adds what it lacks, and must have the same subject.
        request: async ({ client, tokens }) => {
          const claims =
            "claims" in tokens && typeof tokens.claims === "function"
              ? z.looseObject({}).parse(tokens.claims())
              : {}
          const isComplete = "email" in claims && groupsOf(claims, oidc.OIDC_GROUPS_CLAIM).length > 0
          if (
            isComplete ||
            client.issuer.metadata.userinfo_endpoint === undefined ||
            tokens.access_token === undefined
          )
            return claims
          return { ...(await client.userinfo(tokens as Parameters<typeof client.userinfo>[0])), ...claims }
        },
      },
      profile: async (profile): Promise<User> => {
        const claims = Claims.parse(profile)
        try {
          const result = await signInByProvider({
            claims,
            groupsClaim: oidc.OIDC_GROUPS_CLAIM,
            ...clientOf(headers),
          })
          if ("sessionId" in result) await endFormerSession(headers)
          return { id: claims.sub, ...result }
        } catch (error) {
          log.error({ error: describe(error) }, "sign-in through the provider failed")
          const refused = { id: claims.sub, refusal: "failed" satisfies SignInRefusal }
          return refused
        }
      },
    },
  ]
}

const Refused = z.object({ refusal: z.enum(refusals) })

/** The page that explains a refusal. Null if the sign-in was not refused. */
export function refusalAddress(user: unknown): string | null {
  const refused = Refused.safeParse(user)
  return refused.success ? `/sign-in?error=${refused.data.refusal}` : null
}
