import { instantsAfter } from "@/lib/fleet/stores/open-time"
import { expectedOf, type Silence } from "@/lib/insight/silence/silence-plan"

/** The opening of a store since which a terminal has not been up. Instants are milliseconds since 1970. */
export type MissedOpening = {
  at: number
  /** From then on it is later than usual. */
  missedAt: number
}

/** A break is shorter than a night. */
const nightMs = 5 * 3_600_000
const missedAfterSeconds = 30 * 60

/** Null where it has been up since the store opened, or where it is not known when it usually is. */
export function missedOpening(terminal: Silence, now: number): MissedOpening | null {
  if (terminal.week === null) return null
  const { time } = expectedOf(terminal)
  let at: number | null = null
  let until = terminal.lastSignAt
  for (const { from, to } of time.spansFrom(terminal.lastSignAt)) {
    if (from > now) break
    if (from - until >= nightMs) at = from
    until = to
  }
  return at === null ? null : { at, missedAt: instantsAfter(time, at, [missedAfterSeconds])[0] ?? Infinity }
}
