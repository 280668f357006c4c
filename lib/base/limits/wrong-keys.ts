import { LRUCache } from "lru-cache"
import { counterOf, hashed, isOverLimit, tooMany } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

/**
 * Keys that are unknown, revoked or expired: a shop's terminals share an address, and go on with the key that
 * they have.
 */
const counter = counterOf({ name: "wrong-keys", points: 1000, seconds: 900 })
const locked = new LRUCache<string, true>({ max: 10_000 })

/** Refuses an address that this process knows to be over the limit; costs the database nothing. */
export function refuseGuesser(address: string | null): void {
  const network = networkOf(address)
  if (locked.has(network)) throw tooMany(locked.getRemainingTTL(network))
}

/** Counts a wrong key against its address, and refuses it where it is one too many. */
export async function countWrongKey(address: string | null): Promise<void> {
  const network = networkOf(address)
  try {
    const { remainingPoints, msBeforeNext } = await counter.consume(hashed(network))
    if (remainingPoints <= 0) lock(network, msBeforeNext)
  } catch (error) {
    if (!isOverLimit(error)) throw error
    lock(network, error.msBeforeNext)
    throw tooMany(error.msBeforeNext)
  }
}

// A time of 0 would be none at all.
const lock = (network: string, ms: number) => locked.set(network, true, { ttl: Math.max(1, ms) })
