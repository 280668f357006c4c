import { limiter } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

/** What those may do whom nobody knows yet. */
const allowances = {
  /** Asks for a link to set a new password. */
  forgot: limiter({ name: "forgot", points: 10, seconds: 3600 }),
  /** Opens or uses a link to accept an invitation or set a password. */
  "account-links": limiter({ name: "account-links", points: 60, seconds: 900 }),
} as const

export type Allowance = keyof typeof allowances

/** Counts what comes from an address under `name`, and refuses it where it is too much. */
export const limitByAddress = (name: Allowance, address: string | null): Promise<void> =>
  allowances[name](networkOf(address))
