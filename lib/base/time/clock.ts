const minuteMs = 60_000
const dayMs = 86_400_000

/** Terminals whose clock is off by less are not corrected: transport takes a while too. */
export const tolerableOffsetMs = 2 * minuteMs
/** Beyond this the clock says nothing about when it was. */
export const greatestOffsetMs = 7 * dayMs
const greatestLeadMs = 5 * minuteMs

export type ClockReading = { offsetMs: number } | { fault: "clock_wrong"; message: string }

/**
 * What to add to `at` (milliseconds since 1970) to get the true time, from the terminal's own clock when
 * it sent; or why the time cannot be right.
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
      message: "the terminal's clock is off by more than seven days: set its clock, then replay",
    }
  }
  const corrected = at + offsetMs
  if (corrected > receivedAt + greatestLeadMs) {
    return {
      fault: "clock_wrong",
      message: "the time lies in the future: set the terminal's clock, then replay",
    }
  }
  return { offsetMs }
}
