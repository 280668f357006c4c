import { bodyEnv } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"

/** How long a sender may pause, and how long the whole body may take. */
export type Patience = { idleMs: number; wholeMs: number }

export const patience = (): Patience => {
  const { BODY_IDLE_SECONDS, BODY_SECONDS } = bodyEnv()
  return { idleMs: BODY_IDLE_SECONDS * 1000, wholeMs: BODY_SECONDS * 1000 }
}

/**
 * Passes on a body as long as its sender keeps up, else throws `too_slow`. Only time spent waiting for the
 * sender counts.
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
          "The body arrives too slowly. Send it faster, or in smaller parts. Send it all again.",
        )
      leftMs -= performance.now() - begun
      if (next.done) return
      yield next.value
    }
  } finally {
    // Not awaited: if the body never arrives, or Next holds it, this promise never settles.
    void Promise.resolve(chunks.return?.()).catch(() => undefined)
  }
}

/** The promise's value, or null if it takes longer than `ms`. */
export async function withinMs<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, Math.max(0, ms), null)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
