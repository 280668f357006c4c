import { createHash } from "node:crypto"
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import { runForLibrary } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

export type Allowance = {
  name: string
  /** So many within so many seconds, counted by all processes together. */
  points: number
  seconds: number
}

/** Who is counted is kept as a hash: the table holds no address and no account. */
export const hashed = (who: string): string => createHash("sha256").update(who).digest("base64url")

const storeClient = { query: runForLibrary }

/** A counter in the table `rate_limit`, which the migration made and the worker cleans. */
export const counterOf = (
  { name, points, seconds }: Allowance,
  isBlockedInMemory = false,
): RateLimiterPostgres =>
  new RateLimiterPostgres({
    storeClient,
    storeType: "client",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
    // Who is over the limit costs the database nothing more until it is lifted.
    ...(isBlockedInMemory ? { inMemoryBlockOnConsumed: points } : {}),
  })

/** Tells the true time after which it can work again. */
export function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new AppError("rate_limited", `Too many requests: try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  })
}

export const isOverLimit = (error: unknown): error is RateLimiterRes => error instanceof RateLimiterRes

/** Counts one request of `who`, and refuses it where it is one too many. */
export function limiter(allowance: Allowance): (who: string) => Promise<void> {
  const counter = counterOf(allowance, true)
  return async (who) => {
    try {
      await counter.consume(hashed(who))
    } catch (error) {
      throw isOverLimit(error) ? tooMany(error.msBeforeNext) : error
    }
  }
}
