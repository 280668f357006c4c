import { env } from "@/lib/base/env"

const isHttps = (): boolean => env().NEXTAUTH_URL?.startsWith("https:") ?? false

/**
 * A cookie's name: with `__Host-` the browser itself refuses it without Secure, for a part of the site or
 * from another subdomain. Plain where people open Tillwatch over http, which is a loopback address alone.
 */
export const cookieName = (name: string, isSecure = isHttps()): string => (isSecure ? `__Host-${name}` : name)

/** The flags of every cookie of ours: no script reads it, and it stays with the site. */
export const cookieFlags = (isSecure = isHttps()) =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure }) as const
