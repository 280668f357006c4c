import type { CookiesOptions } from "next-auth"
import { cookieFlags, cookieName } from "@/lib/base/http/cookies"

/** The cookie that holds the session's JWT. */
export const sessionCookie = (isSecure?: boolean): string => cookieName("next-auth.session-token", isSecure)

const shortSeconds = 15 * 60

/**
 * Names for all of next-auth's cookies. Some of its own names begin with `__Secure-`, which is weaker than
 * `__Host-`.
 */
export function authCookies(isSecure?: boolean): CookiesOptions {
  const options = cookieFlags(isSecure)
  const named = (name: string, more: object = {}) => ({
    name: cookieName(`next-auth.${name}`, isSecure),
    options: { ...options, ...more },
  })
  return {
    sessionToken: { name: sessionCookie(isSecure), options },
    callbackUrl: named("callback-url"),
    csrfToken: named("csrf-token"),
    pkceCodeVerifier: named("pkce.code_verifier", { maxAge: shortSeconds }),
    state: named("state", { maxAge: shortSeconds }),
    nonce: named("nonce"),
  }
}
