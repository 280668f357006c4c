import type { LossCause } from "@/lib/insight/availability/words"

const hourMs = 3_600_000

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

/** An attempt to sell. Instants are milliseconds since 1970. */
export type Attempt = { at: number; hasWorked: boolean }

/** Hours of sales of which each failed, the first and the last one included. */
export type FailedRun = {
  first: number
  last: number
  cause: LossCause
  /** The nearest hours of the day in which a sale worked. Null if there is none. */
  before: number | null
  after: number | null
}

/** So many failed sales in a row, none of which the customer could help, mean that none could be made. */
const fewestFailures = 3

/** The runs of failed sales among a day's hours, which are in order. */
export function failedRuns(sales: readonly SalesHour[]): FailedRun[] {
  const runs: FailedRun[] = []
  let run: SalesHour[] = []
  let before: number | null = null
  const end = (after: number | null) => {
    const sumOf = (count: (one: SalesHour) => number) => run.reduce((sum, one) => sum + count(one), 0)
    const [reads, tech] = [sumOf((one) => one.reads), sumOf((one) => one.tech)]
    const others = sumOf((one) => one.failures) - reads - tech
    const [first, last] = [run[0], run.at(-1)]
    if (first && last && reads + tech >= fewestFailures && reads + tech > others)
      runs.push({
        first: first.hour,
        last: last.hour,
        cause: reads >= tech ? "device" : "system",
        before,
        after,
      })
    run = []
    before = after
  }
  for (const one of sales) {
    if (one.presentments - one.cancelled > one.failures) end(one.hour)
    else if (one.failures > 0) run.push(one)
  }
  end(null)
  return runs
}

/**
 * The hours in which no sale could be made, with what did not work. A run begins halfway between the last
 * attempt that worked and the first one that failed, and ends likewise; an hour of which it is only a part
 * could sell. `attempts` are in order. Those around the runs are enough, and where none is known the hours of
 * the failures count.
 */
export function failingHours(
  runs: readonly FailedRun[],
  attempts: readonly Attempt[],
): Map<number, LossCause> {
  const working = new Set(
    attempts.filter(({ hasWorked }) => hasWorked).map(({ at }) => Math.floor(at / hourMs)),
  )
  const failing = new Map<number, LossCause>()
  for (const run of runs) {
    const end = Math.floor(endOf(run, attempts) / hourMs)
    for (let hour = Math.ceil(beginOf(run, attempts) / hourMs); hour < end; hour += 1)
      if (!working.has(hour)) failing.set(hour, run.cause)
  }
  return failing
}

function beginOf({ first, before }: FailedRun, attempts: readonly Attempt[]): number {
  const begin = first * hourMs
  // Between the hours around two runs attempts may be missing.
  const from = (before ?? first) * hourMs
  const worked = attempts.findLast(({ at, hasWorked }) => hasWorked && from <= at && at < begin)
  const failed = worked && attempts.find(({ at, hasWorked }) => !hasWorked && at > worked.at)
  return failed ? (worked.at + failed.at) / 2 : begin
}

function endOf({ last, after }: FailedRun, attempts: readonly Attempt[]): number {
  const end = (last + 1) * hourMs
  const to = ((after ?? last) + 1) * hourMs
  const worked = attempts.find(({ at, hasWorked }) => hasWorked && end <= at && at < to)
  const failed = worked && attempts.findLast(({ at, hasWorked }) => !hasWorked && at < worked.at)
  return failed ? (worked.at + failed.at) / 2 : end
}
