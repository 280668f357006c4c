import { generateKeyPairSync, randomBytes } from "node:crypto"
import { createServer } from "node:http"
import getPort from "get-port"
import { Provider, type Configuration } from "oidc-provider"

/** The provider's claims of a user. A change takes effect at the next sign-in. */
export type Profile = { email?: string; email_verified?: boolean; name?: string; groups?: string | string[] }
export type OidcServer = { env: Record<string, string>; people: Map<string, Profile>; stop(): Promise<void> }

type Options = { redirectUri: string; conformIdTokenClaims?: boolean }

/** A real OIDC provider on loopback, in this process. It asks for a user and accepts any password. */
export async function startOidc({ redirectUri, conformIdTokenClaims = false }: Options): Promise<OidcServer> {
  const port = await getPort()
  const issuer = `http://127.0.0.1:${port}`
  const people = new Map<string, Profile>()
  const client = { client_id: "tillwatch", client_secret: randomBytes(24).toString("hex") }
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const configuration: Configuration = {
    clients: [{ ...client, redirect_uris: [redirectUri] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kty: "RSA", use: "sig", alg: "RS256" }] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    conformIdTokenClaims,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    // Consent is granted without asking.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: client.client_id,
        ...(oidc.account ? { accountId: oidc.account.accountId } : {}),
      })
      grant.addOIDCScope("openid email profile")
      await grant.save()
      return grant
    },
  }
  const answer = new Provider(issuer, configuration).callback()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening))
  return {
    people,
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: client.client_id,
      OIDC_CLIENT_SECRET: client.client_secret,
      OIDC_NAME: "Example ID",
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}
