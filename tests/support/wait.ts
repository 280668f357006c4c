import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"

/** Looks again and again until there is something to see, and resolves with it. */
export async function until<T>(
  what: string,
  withinMs: number,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  for (const deadline = Date.now() + withinMs; ; await pause(20)) {
    const seen = await look()
    if (seen) return seen
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`)
  }
}

/** Tries until it works. A killed process may hold its port or shared memory for a moment. */
export async function within<T>(milliseconds: number, attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + milliseconds; ; await pause(100)) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
