import { greatestOffsetMs } from "@/lib/base/time/clock"

type Members = Record<string, unknown>

/** The record with the true time in `at`, without `sentAt`. */
export function withTime(record: Members, at: string): Members {
  const { sentAt: _sentAt, ...rest } = record
  return { ...rest, at }
}

/**
 * The true time of the record, if the clock had the same error then as when it sent; null without `sentAt`.
 */
export function timeByOwnClock({ at, sentAt }: Members, receivedAt: string): string | null {
  const [wrongAt, wrongNow] = [Date.parse(String(at)), Date.parse(String(sentAt))]
  const corrected = wrongAt + Date.parse(receivedAt) - wrongNow
  return Number.isNaN(corrected) || wrongAt > wrongNow ? null : new Date(corrected).toISOString()
}

/** How far the clock seems to have been ahead when the record came: by `sentAt`, or else at least by `at`. */
export function clockAheadMs({ at, sentAt }: Members, receivedAt: number): number | null {
  const ahead = Date.parse(String(sentAt ?? at)) - receivedAt
  return Number.isNaN(ahead) ? null : ahead
}

/**
 * Corrects a record for a clock that was ahead by this much. Within the limit of ingest, `sentAt` is set and
 * the record keeps its identity, so that the terminal may send it again. Above it, `at` is changed.
 */
export function withClock(
  { sentAt: _sentAt, ...rest }: Members,
  { aheadMs, receivedAt }: { aheadMs: number; receivedAt: number },
): Members | null {
  const at = Date.parse(String(rest["at"]))
  if (Number.isNaN(at)) return null
  if (Math.abs(aheadMs) <= greatestOffsetMs)
    return { ...rest, sentAt: new Date(receivedAt + aheadMs).toISOString() }
  const trueTime = new Date(at - aheadMs)
  return Number.isNaN(trueTime.getTime()) ? null : { ...rest, at: trueTime.toISOString() }
}
