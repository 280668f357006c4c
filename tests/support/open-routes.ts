/** Routes without a permission, with the reason. Those that change something check the Origin. */
export const openRoutes: Record<string, string> = {
  "app/api/auth/[...nextauth]/route.ts": "next-auth: signing in and out, with its own CSRF token",
  "app/api/health/live/route.ts": "probes have no key; it only says that the process answers",
  "app/api/health/ready/route.ts": "probes have no key; it says how the process is and names nobody",
  "app/api/health/route.ts": "the same as ready, under its first name",
  "app/api/metrics/route.ts": "scrapers have a token; without one only this machine may read",
  "app/api/v1/account-links/[token]/route.ts":
    "the user of an invitation or reset link has no password yet; the token grants access",
  "app/api/v1/forgot/route.ts": "a user without a password cannot sign in; the answer reveals nothing",
  "app/api/v1/openapi.json/route.ts":
    "the API's description is public, and programs read it before they have a key",
}
