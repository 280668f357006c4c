import { env } from "@/lib/base/env"

const urlOf = (address: string | null | undefined): URL | null =>
  address && URL.canParse(address) ? new URL(address) : null

/**
 * Whether a page of our own sent the request. A session's cookie rides along with a form of any site; its
 * Origin tells. A page that came without TLS is none of a Tillwatch that people open with it.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = urlOf(headers.get("origin"))
  const own = urlOf(env().NEXTAUTH_URL)
  if (!origin || (own?.protocol === "https:" && origin.protocol !== "https:")) return false
  return origin.host !== "" && (origin.host === headers.get("host") || origin.host === own?.host)
}
