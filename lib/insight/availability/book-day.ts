import {
  failedRuns,
  failingHours,
  type Attempt,
  type SalesHour,
} from "@/lib/insight/availability/failing-hours"
import { lossCauses, type LossCause, type Losses } from "@/lib/insight/availability/words"

/** A terminal on a day of its store. */
export type TerminalDay = {
  id: number
  /** Whether it sends heartbeats. Of one that only sells, nothing is known of the hours without a sale. */
  sendsBeats: boolean
  /** The hours of the day in which it should be up, in order. */
  expected: readonly number[]
  /** The hours in which it gave a sign of life. */
  up: ReadonlySet<number>
  /** The hours in which it restarted. */
  restarts: ReadonlySet<number>
  /** The hours with sales, in order. */
  sales: readonly SalesHour[]
  /** The attempts to sell around its failed sales, in order. */
  attempts: readonly Attempt[]
}

/**
 * Hours of a terminal's day. What is not down is up, and what is not failing then can sell. `sold` are the
 * hours with sales of a terminal that sends no heartbeats, and `open` the expected ones of all others.
 */
export type BookedDay = { id: number; open: number; sold: number; down: Losses; failing: Losses }

const none = (): Losses =>
  Object.fromEntries(lossCauses.map((cause) => [cause, 0])) as Record<LossCause, number>

/**
 * Books each hour in which a terminal of a store should have been up, and was not or could not sell, to one
 * cause. `isOutage` tells the hours of our own outages.
 */
export function bookDay(terminals: readonly TerminalDay[], isOutage: (hour: number) => boolean): BookedDay[] {
  const expected = countsOf(terminals.filter((one) => one.sendsBeats).flatMap((one) => one.expected))
  const silent = countsOf(terminals.flatMap(silentHours))
  const isSite = (hour: number) => {
    const others = (expected.get(hour) ?? 1) - 1
    return others > 0 && 2 * ((silent.get(hour) ?? 1) - 1) >= others
  }
  return terminals.map((terminal) => {
    const [down, failing] = [none(), none()]
    for (const hour of silentHours(terminal)) {
      const cause = isOutage(hour) ? "unknown" : isSite(hour) ? "site" : causeOfSilence(terminal, hour)
      down[cause] += 1
    }
    const failures = failingHours(failedRuns(terminal.sales), terminal.attempts)
    for (const hour of terminal.expected) {
      const cause = terminal.up.has(hour) ? failures.get(hour) : undefined
      if (cause !== undefined) failing[cause] += 1
    }
    const { id, sendsBeats } = terminal
    const [open, sold] = [
      terminal.expected.length,
      terminal.expected.filter((hour) => terminal.up.has(hour)).length,
    ]
    return { id, open: sendsBeats ? open : 0, sold: sendsBeats ? 0 : sold, down, failing }
  })
}

const silentHours = ({ sendsBeats, expected, up }: TerminalDay): number[] =>
  sendsBeats ? expected.filter((hour) => !up.has(hour)) : []

function countsOf(hours: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const hour of hours) counts.set(hour, (counts.get(hour) ?? 0) + 1)
  return counts
}

/** A terminal that comes back without a restart had power all the time. */
function causeOfSilence({ up, restarts }: TerminalDay, hour: number): LossCause {
  const later = [...up].filter((other) => other > hour)
  return later.length > 0 && !restarts.has(Math.min(...later)) ? "line" : "device"
}
