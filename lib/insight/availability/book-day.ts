import { lossCauses, type LossCause, type Losses } from "@/lib/insight/availability/words"

/** The sales of an hour. Hours are counted from 1970. */
export type SalesHour = {
  hour: number
  presentments: number
  cancelled: number
  failures: number
  /** Failures by what did not work: reading the card, or reaching who decides. */
  reads: number
  tech: number
}

/** A terminal on a day of its store. */
export type TerminalDay = {
  id: number
  /** The hours of the day in which it should be up, in order. */
  expected: readonly number[]
  /** The hours in which it gave a sign of life. */
  up: ReadonlySet<number>
  /** The hours in which it restarted. */
  restarts: ReadonlySet<number>
  /** The hours with sales, in order. */
  sales: readonly SalesHour[]
}

/** Hours of a terminal's day. What is not down is up, and what is not failing then can sell. */
export type BookedDay = { id: number; open: number; down: Losses; failing: Losses }

/** So many failed sales in a row, none of which the customer could help, mean that none could be made. */
const fewestFailures = 3

const none = (): Losses =>
  Object.fromEntries(lossCauses.map((cause) => [cause, 0])) as Record<LossCause, number>

/**
 * Books each hour in which a terminal of a store should have been up, and was not or could not sell, to one
 * cause. `isOutage` tells the hours of our own outages.
 */
export function bookDay(terminals: readonly TerminalDay[], isOutage: (hour: number) => boolean): BookedDay[] {
  const expected = countsOf(terminals.flatMap((one) => one.expected))
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
    const failures = failingHours(terminal.sales)
    for (const hour of terminal.expected) {
      const cause = terminal.up.has(hour) ? failures.get(hour) : undefined
      if (cause !== undefined) failing[cause] += 1
    }
    return { id: terminal.id, open: terminal.expected.length, down, failing }
  })
}

const silentHours = ({ expected, up }: TerminalDay): number[] => expected.filter((hour) => !up.has(hour))

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

/** The hours from the first to the last of failed sales in a row, with what did not work. */
function failingHours(sales: readonly SalesHour[]): Map<number, LossCause> {
  const failing = new Map<number, LossCause>()
  let row: SalesHour[] = []
  const end = () => {
    const sumOf = (count: (one: SalesHour) => number) => row.reduce((sum, one) => sum + count(one), 0)
    const [reads, tech] = [sumOf((one) => one.reads), sumOf((one) => one.tech)]
    const others = sumOf((one) => one.failures) - reads - tech
    const [first, last] = [row[0]?.hour ?? 0, row.at(-1)?.hour ?? -1]
    if (reads + tech >= fewestFailures && reads + tech > others)
      for (let hour = first; hour <= last; hour += 1) failing.set(hour, reads >= tech ? "device" : "system")
    row = []
  }
  for (const one of sales) {
    if (one.presentments - one.cancelled > one.failures) end()
    else if (one.failures > 0) row.push(one)
  }
  end()
  return failing
}
