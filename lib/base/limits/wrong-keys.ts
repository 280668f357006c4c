import { counterOf, hashed, isOverLimit, tooMany } from "@/lib/base/limits/limiter"
import { networkOf } from "@/lib/base/limits/network"

/** Keys that are unknown, revoked or expired: a shop's terminals share an address, and go on with the key that they have. */
const counter = counterOf({ name: "wrong-keys", points: 1000, seconds: 900 })
const mostLocked = 10_000
const lockedUntil = new Map<string, number>()

/** Refuses an address that this process knows to be over the limit; costs the database nothing. */
export function refuseGuesser(address: string | null): void {
  const until = lockedUntil.get(networkOf(address))
  if (until === undefined) return
  if (until > Date.now()) throw tooMany(until - Date.now())
  lockedUntil.delete(networkOf(address))
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

function lock(network: string, ms: number): void {
  if (lockedUntil.size > mostLocked) lockedUntil.clear()
  lockedUntil.set(network, Date.now() + ms)
}
