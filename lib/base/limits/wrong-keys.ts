import { LRUCache } from "lru-cache"
import { counterOf, hashed, isOverLimit, tooMany } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

/**
 * Counts unknown, revoked and expired keys. A store's terminals share an address and keep sending with the
 * key they have.
 */
const counter = counterOf({ name: "wrong-keys", points: 1000, seconds: 900 })
const locked = new LRUCache<string, true>({ max: 10_000 })

/** Refuses an address that this process knows to be over the limit, without asking the database. */
export function refuseGuesser(address: string | null): void {
  const network = networkOf(address)
  if (locked.has(network)) throw tooMany(locked.getRemainingTTL(network))
}

/** Counts a wrong key against its address. Refuses it if there were too many. */
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

// A ttl of 0 would mean no limit.
const lock = (network: string, ms: number) => locked.set(network, true, { ttl: Math.max(1, ms) })
