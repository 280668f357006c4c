import { LRUCache } from "lru-cache"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

type Options = {
  /** Older results are computed anew in the background. */
  freshMs: number
  /** Older results are not answered any more. */
  mostMs: number
  most: number
}

/** How to compute a result while the request waits, and after it is answered. `now` is when it came. */
type Asked<T> = { first: () => Promise<T>; again: () => Promise<T>; now?: Date | undefined }

/**
 * Keeps results that read much, so that nobody waits for one but who asks first. `again` runs after the
 * request, so it needs a transaction of its own.
 */
export function keptFresh<T>({ freshMs, mostMs, most }: Options) {
  const kept = new LRUCache<string, { value: T; at: number }>({ max: most })
  const underWay = new Set<string>()

  const keep = async (key: string, at: number, compute: () => Promise<T>): Promise<T> => {
    const value = await compute()
    kept.set(key, { value, at })
    return value
  }

  const renew = async (key: string, at: number, compute: () => Promise<T>): Promise<void> => {
    if (underWay.has(key)) return
    underWay.add(key)
    try {
      await keep(key, at, compute)
    } catch (error) {
      log.warn({ error: describe(error) }, "a result that is kept could not be renewed")
    } finally {
      underWay.delete(key)
    }
  }

  return async (key: string, { first, again, now = new Date() }: Asked<T>): Promise<T> => {
    const known = kept.get(key)
    const at = now.getTime()
    const age = known === undefined ? Infinity : at - known.at
    if (known === undefined || age >= mostMs) return keep(key, at, first)
    if (age >= freshMs) void renew(key, at, again)
    return known.value
  }
}
