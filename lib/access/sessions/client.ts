import { addressOf } from "@/lib/base/http/address"
import { maskPans } from "@/lib/base/text/pan"

/** The browser and address of a sign-in. */
export type Client = { userAgent: string | null; address: string | null }

const longestUserAgent = 300

export const clientOf = (headers: Headers): Client => ({
  userAgent: maskPans(headers.get("user-agent") ?? "").slice(0, longestUserAgent) || null,
  address: addressOf(headers),
})
