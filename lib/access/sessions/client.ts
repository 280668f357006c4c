import { addressOf } from "@/lib/base/http/address"

/** The browser and address of a sign-in. */
export type Client = { userAgent: string | null; address: string | null }

const longestUserAgent = 300

export const clientOf = (headers: Headers): Client => ({
  userAgent: headers.get("user-agent")?.slice(0, longestUserAgent) ?? null,
  address: addressOf(headers),
})
