/**
 * Routes that ask for no permission, and why not. Those that change something look at the Origin all the
 * same.
 */
export const openRoutes: Record<string, string> = {
  "app/api/auth/[...nextauth]/route.ts": "next-auth: signing in and out, with its own token against forgery",
  "app/api/health/live/route.ts": "probes have no key; it says nothing but that the process answers",
  "app/api/health/ready/route.ts": "probes have no key; it says how the process is and names no one",
  "app/api/health/route.ts": "the same as ready, by its first name",
  "app/api/metrics/route.ts": "scrapers have a token of their own; without one only this machine may ask",
  "app/api/v1/account-links/[token]/route.ts":
    "whoever holds an invitation or a reset link has no password yet; the token is the key",
  "app/api/v1/forgot/route.ts": "who forgot a password cannot sign in; the answer says nothing",
  "app/api/v1/openapi.json/route.ts":
    "what the API asks for is no secret, and programs read it before they have a key",
}
