import { bodyEnv } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"

/** How long a sender may leave us without a byte, and take over the whole. */
export type Patience = { idleMs: number; wholeMs: number }

export const patience = (): Patience => {
  const { BODY_IDLE_SECONDS, BODY_SECONDS } = bodyEnv()
  return { idleMs: BODY_IDLE_SECONDS * 1000, wholeMs: BODY_SECONDS * 1000 }
}

/**
 * The body, as long as its sender keeps up; else `too_slow`. Only the time in which we wait for the sender
 * counts, not that in which it waits for us.
 */
export async function* inTime(
  body: AsyncIterable<Uint8Array>,
  { idleMs, wholeMs } = patience(),
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  let leftMs = wholeMs
  try {
    for (;;) {
      const begun = performance.now()
      const next = await withinMs(Math.min(idleMs, leftMs), chunks.next())
      if (next === null)
        throw new AppError(
          "too_slow",
          "The body does not come in: send it faster, or less at once. What was not acknowledged may be sent again.",
        )
      leftMs -= performance.now() - begun
      if (next.done) return
      yield next.value
    }
  } finally {
    // Not waited for: a body that does not come, or that Next holds, does not end either.
    void Promise.resolve(chunks.return?.()).catch(() => undefined)
  }
}

/** What is promised, or null where it takes longer. */
export async function withinMs<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, Math.max(0, ms), null)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
