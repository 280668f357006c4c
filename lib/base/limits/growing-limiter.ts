import { counterOf, hashed, isOverLimit, tooMany, type Allowance } from "@/lib/base/limits/limiter"

type Growing = Allowance & {
  /** The first lock-out; each further one within a day lasts twice as long, up to the longest. */
  firstLockSeconds: number
  longestLockSeconds: number
}

export type GrowingLimiter = {
  /**
   * Counts an attempt, and refuses it where it is one too many. What is tried during a lock-out does not
   * prolong it.
   */
  count(who: string): Promise<void>
  /** The attempt was a good one and does not count. */
  forgive(who: string): Promise<void>
  /** Forgets all attempts and lock-outs. */
  clear(who: string): Promise<void>
}

/** A limit on attempts to guess something: whoever goes on guessing waits ever longer. */
export function growingLimiter({
  firstLockSeconds,
  longestLockSeconds,
  ...allowance
}: Growing): GrowingLimiter {
  const attempts = counterOf(allowance)
  const lockOuts = counterOf({
    name: `${allowance.name}-locked`,
    points: Number.MAX_SAFE_INTEGER,
    seconds: 86_400,
  })
  return {
    count: async (who) => {
      const key = hashed(who)
      try {
        await attempts.consume(key)
      } catch (error) {
        if (!isOverLimit(error)) throw error
        // The one that went over the limit locks; later ones find it locked.
        if (error.consumedPoints !== allowance.points + 1) throw tooMany(error.msBeforeNext)
        const { consumedPoints: times } = await lockOuts.penalty(key)
        const seconds = Math.min(longestLockSeconds, firstLockSeconds * 2 ** (times - 1))
        await attempts.block(key, seconds)
        throw tooMany(seconds * 1000)
      }
    },
    forgive: async (who) => {
      await attempts.reward(hashed(who))
    },
    clear: async (who) => {
      await attempts.delete(hashed(who))
      await lockOuts.delete(hashed(who))
    },
  }
}
