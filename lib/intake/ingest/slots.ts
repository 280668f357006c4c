import pLimit from "p-limit"
import { AppError } from "@/lib/base/errors"
import { partsOf, type Upload } from "@/lib/base/http/upload"
import { metrics } from "@/lib/base/metrics"
import { inTurn } from "@/lib/intake/ingest/read-ahead"

/**
 * The uploads of one organisation that a process accepts at once. Most of them wait for a connection or their
 * turn.
 */
const mostAtOnce = 128
/**
 * The large uploads that are read at once. Each has a slice in memory; the others wait unread at the sender.
 */
const mostLargeAtOnce = 12
const largeBytes = 64 * 1024

const running = new Map<string, number>()
const takeTurns = pLimit(mostLargeAtOnce)

/** Runs an upload, or refuses it if the organisation has too many running. */
export async function inSlot<T>(
  orgId: string,
  upload: Upload,
  run: (upload: Upload) => Promise<T>,
): Promise<T> {
  const count = running.get(orgId) ?? 0
  if (count >= mostAtOnce) {
    metrics.refused.inc()
    throw new AppError(
      "rate_limited",
      `More than ${mostAtOnce} uploads at once: wait for answers, or send more records in each.`,
    )
  }
  metrics.slots.inc()
  running.set(orgId, count + 1)
  try {
    return await (isLarge(upload)
      ? inTurn(takeTurns, partsOf(upload), (body) => run({ ...upload, body }))
      : run(upload))
  } finally {
    metrics.slots.dec()
    const left = (running.get(orgId) ?? 1) - 1
    if (left > 0) running.set(orgId, left)
    else running.delete(orgId)
  }
}

function isLarge({ body, bytes, contentEncoding }: Upload): boolean {
  const length = body instanceof Uint8Array ? body.byteLength : bytes
  return length === undefined || length > largeBytes || contentEncoding !== null
}
