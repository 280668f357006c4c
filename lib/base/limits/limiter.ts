import { createHash } from "node:crypto"
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import { runForLibrary } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

export type Allowance = {
  name: string
  /** `points` in `seconds`, counted across all processes. */
  points: number
  seconds: number
}

/** Counters are stored under a hash, so that the table holds no address and no account. */
export const hashed = (who: string): string => createHash("sha256").update(who).digest("base64url")

const storeClient = { query: runForLibrary }

/** A counter in the table `rate_limit`, which a migration creates and the worker cleans up. */
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
    // Once over the limit, further requests cost the database nothing until it is lifted.
    ...(isBlockedInMemory ? { inMemoryBlockOnConsumed: points } : {}),
  })

/** The error for too many requests, with the time until the next is allowed. */
export function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new AppError("rate_limited", `Too many requests. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  })
}

export const isOverLimit = (error: unknown): error is RateLimiterRes => error instanceof RateLimiterRes

/** Makes a limiter, which counts one request of `who` and refuses it if there were too many. */
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
