type Members = Record<string, unknown>

/** The record with the true time in place of the terminal's; what its clock said when it sent goes with it. */
export function withTime(record: Members, at: string): Members {
  const { sentAt: _sentAt, ...rest } = record
  return { ...rest, at }
}

/** When it was, if the terminal's clock was off by the same at the record's time as when it sent; null where it did not say. */
export function timeByOwnClock({ at, sentAt }: Members, receivedAt: string): string | null {
  const [wrongAt, wrongNow] = [Date.parse(String(at)), Date.parse(String(sentAt))]
  const corrected = wrongAt + Date.parse(receivedAt) - wrongNow
  return Number.isNaN(corrected) || wrongAt > wrongNow ? null : new Date(corrected).toISOString()
}
