import { AppError } from "@/lib/errors"

/** Uploads of one organisation that a process takes at once: each holds a slice in memory and waits for a connection. */
const mostAtOnce = 128

const running = new Map<string, number>()

/** Runs an upload, or refuses it where the organisation has too many under way: come back in a moment. */
export async function inSlot<T>(orgId: string, run: () => Promise<T>): Promise<T> {
  const count = running.get(orgId) ?? 0
  if (count >= mostAtOnce) throw new AppError("rate_limited", `More than ${mostAtOnce} uploads at once: wait for answers, or send more records in each.`)
  running.set(orgId, count + 1)
  try {
    return await run()
  } finally {
    const left = (running.get(orgId) ?? 1) - 1
    if (left > 0) running.set(orgId, left)
    else running.delete(orgId)
  }
}
