const minuteMs = 60_000
const dayMs = 86_400_000

/** Smaller differences are not corrected, because sending takes time too. */
export const tolerableOffsetMs = 2 * minuteMs
/** A clock that is further off should be set. */
export const wrongClockFromMs = 5 * minuteMs
/** A clock that is further off says nothing about the true time. */
export const greatestOffsetMs = 7 * dayMs
const greatestLeadMs = 5 * minuteMs

const iso = (at: number): string => new Date(at).toISOString()

export type ClockReading = { offsetMs: number } | { fault: "clock_wrong"; message: string }

/**
 * What to add to `at` (epoch milliseconds) to get the true time, from the difference between `sentAt` and
 * the time received. Or why the time cannot be right.
 */
export function readClock({
  at,
  sentAt,
  receivedAt,
}: {
  at: number
  sentAt: number | null
  receivedAt: number
}): ClockReading {
  const lead = sentAt === null ? 0 : receivedAt - sentAt
  const offsetMs = Math.abs(lead) > tolerableOffsetMs ? lead : 0
  if (Math.abs(offsetMs) > greatestOffsetMs) {
    return {
      fault: "clock_wrong",
      message:
        `the terminal's clock said ${iso(receivedAt - lead)} when it sent, more than seven days off: ` +
        "set the clock, then replay",
    }
  }
  const corrected = at + offsetMs
  if (corrected > receivedAt + greatestLeadMs) {
    return {
      fault: "clock_wrong",
      message: `${iso(corrected)} is in the future: set the terminal's clock, then replay`,
    }
  }
  return { offsetMs }
}
