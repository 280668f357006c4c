import { counterOf, hashed, isOverLimit, tooMany, type Allowance } from "@/lib/base/limits/limiter"

type Growing = Allowance & {
  /**
   * Length of the first lock-out. Each further one within a day lasts twice as long, up to
   * `longestLockSeconds`.
   */
  firstLockSeconds: number
  longestLockSeconds: number
}

export type GrowingLimiter = {
  /** Counts an attempt. Refuses it if there were too many. Attempts during a lock-out do not prolong it. */
  count(who: string): Promise<void>
  /** Takes back an attempt that succeeded. */
  undo(who: string): Promise<void>
  /** Deletes all attempts and lock-outs. */
  clear(who: string): Promise<void>
}

/** A limit on guessing. Each further lock-out lasts longer. */
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
        // The attempt that exceeds the limit starts the lock-out. Later ones find it.
        if (error.consumedPoints !== allowance.points + 1) throw tooMany(error.msBeforeNext)
        const { consumedPoints: times } = await lockOuts.penalty(key)
        const seconds = Math.min(longestLockSeconds, firstLockSeconds * 2 ** (times - 1))
        await attempts.block(key, seconds)
        throw tooMany(seconds * 1000)
      }
    },
    undo: async (who) => {
      await attempts.reward(hashed(who))
    },
    clear: async (who) => {
      await attempts.delete(hashed(who))
      await lockOuts.delete(hashed(who))
    },
  }
}
