import { env } from "@/lib/env"

const hostOf = (address: string | undefined): string | null => (address !== undefined && URL.canParse(address) ? new URL(address).host : null)

/** Whether a page of our own sent the request. A session's cookie rides along with a form of any site; its Origin tells. */
export function isSameOrigin(headers: Headers): boolean {
  const origin = hostOf(headers.get("origin") ?? undefined)
  return origin !== null && (origin === headers.get("host") || origin === hostOf(env().NEXTAUTH_URL))
}
