import { env } from "@/lib/base/env"

const isHttps = (): boolean => env().NEXTAUTH_URL?.startsWith("https:") ?? false

/**
 * A cookie's name. Browsers accept a `__Host-` cookie only with Secure, for the whole host, and not from a
 * subdomain. Over http, which only loopback may use, the name is plain.
 */
export const cookieName = (name: string, isSecure = isHttps()): string => (isSecure ? `__Host-${name}` : name)

/** Flags of all our cookies: scripts cannot read them, and other sites cannot send them. */
export const cookieFlags = (isSecure = isHttps()) =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure }) as const
