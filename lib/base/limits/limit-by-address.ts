import { limiter } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

/** Limits for visitors, by address. */
const allowances = {
  /** Requests for password reset links. */
  forgot: limiter({ name: "forgot", points: 10, seconds: 3600 }),
  /** Reading or using a link for an invitation or reset. */
  "account-links": limiter({ name: "account-links", points: 60, seconds: 900 }),
  /** Help pages of terminals. A whole shop, and many phones of one carrier, share an address. */
  "help-pages": limiter({ name: "help-pages", points: 600, seconds: 900 }),
  /** Reading public data, such as the API's description. */
  documents: limiter({ name: "documents", points: 300, seconds: 900 }),
} as const

export type Allowance = keyof typeof allowances

/** Counts a request from an address. Refuses it if there were too many. */
export const limitByAddress = (name: Allowance, address: string | null): Promise<void> =>
  allowances[name](networkOf(address))
