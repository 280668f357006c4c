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
  const underWay = new Map<string, Promise<T>>()

  const keep = async (key: string, at: number, compute: () => Promise<T>): Promise<T> => {
    const value = await compute()
    kept.set(key, { value, at })
    return value
  }

  /** Whoever asks meanwhile gets the result that is under way, or its error. */
  const once = (key: string, at: number, compute: () => Promise<T>): Promise<T> => {
    const begun = underWay.get(key)
    if (begun) return begun
    const computing = keep(key, at, compute).finally(() => underWay.delete(key))
    underWay.set(key, computing)
    return computing
  }

  const renew = async (key: string, at: number, compute: () => Promise<T>): Promise<void> => {
    if (underWay.has(key)) return
    try {
      await once(key, at, compute)
    } catch (error) {
      log.warn({ error: describe(error) }, "a result that is kept could not be renewed")
    }
  }

  return async (key: string, { first, again, now = new Date() }: Asked<T>): Promise<T> => {
    const known = kept.get(key)
    const at = now.getTime()
    const age = known === undefined ? Infinity : at - known.at
    if (known === undefined || age >= mostMs) return once(key, at, first)
    if (age >= freshMs) void renew(key, at, again)
    return known.value
  }
}
