import { env } from "@/lib/base/env"

const urlOf = (address: string | null | undefined): URL | null =>
  address && URL.canParse(address) ? new URL(address) : null

/**
 * Whether a page of our own sent the request. Any site's form sends the session's cookie along, but its
 * Origin differs. If people open Tillwatch over https, a page without TLS is not ours either.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = urlOf(headers.get("origin"))
  const own = urlOf(env().NEXTAUTH_URL)
  if (!origin || (own?.protocol === "https:" && origin.protocol !== "https:")) return false
  return origin.host !== "" && (origin.host === headers.get("host") || origin.host === own?.host)
}
