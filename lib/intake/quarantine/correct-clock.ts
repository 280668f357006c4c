import { greatestOffsetMs } from "@/lib/base/time/clock"

type Members = Record<string, unknown>

/**
 * The record with the true time in place of the terminal's; what its clock said when it sent goes with it.
 */
export function withTime(record: Members, at: string): Members {
  const { sentAt: _sentAt, ...rest } = record
  return { ...rest, at }
}

/**
 * When it was, if the terminal's clock was off by the same at the record's time as when it sent; null where
 * it did not say.
 */
export function timeByOwnClock({ at, sentAt }: Members, receivedAt: string): string | null {
  const [wrongAt, wrongNow] = [Date.parse(String(at)), Date.parse(String(sentAt))]
  const corrected = wrongAt + Date.parse(receivedAt) - wrongNow
  return Number.isNaN(corrected) || wrongAt > wrongNow ? null : new Date(corrected).toISOString()
}

/**
 * How far the clock seems to have been ahead when the record came: by when it says it was sent, else by its
 * own time at the least.
 */
export function clockAheadMs({ at, sentAt }: Members, receivedAt: number): number | null {
  const ahead = Date.parse(String(sentAt ?? at)) - receivedAt
  return Number.isNaN(ahead) ? null : ahead
}

/**
 * The record of a clock that was so far ahead. Within what ingest corrects, `sentAt` says it and the record
 * keeps its identity, so that the terminal may send it again; beyond, the record's own time is put right.
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
