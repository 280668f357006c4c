import { demoDays } from "@/lib/run/demo/run"

export const demoDayMs = 24 * 3_600_000

type Filling = {
  startedAt: number
  progressPct: number
  /** Everything from this instant on is sent already. */
  sentFrom: number
}
type DayToFill = { from: number; to: number; progressPct: number }

/** The demo's days to send, newest first, with the progress after each. */
export function daysToFill({ startedAt, progressPct, sentFrom }: Filling): DayToFill[] {
  const done = Math.round((progressPct / 100) * demoDays)
  return Array.from({ length: demoDays - done }, (_, i) => {
    const day = done + i
    const from = startedAt - (day + 1) * demoDayMs
    return {
      from,
      to: Math.max(from, Math.min(from + demoDayMs, sentFrom)),
      progressPct: Math.round(((day + 1) / demoDays) * 100),
    }
  })
}
