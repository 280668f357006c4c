import { demoDayMs, demoDays } from "@/lib/run/simulation/records"

type Filling = {
  startedAt: number
  progressPct: number
  /** From here to now all is sent already. */ sentFrom: number
}
type DayToFill = { from: number; to: number; progressPct: number }

/** The demo's days that are still to be sent, newest first, and how far it is after each. */
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
