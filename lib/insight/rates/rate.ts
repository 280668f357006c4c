import { wilsonInterval } from "@/lib/base/statistics/wilson"
import type { BothCounts, Counts } from "@/lib/insight/rates/rates-sql"
import type { FailureRate } from "@/lib/insight/rates/schemas"

export const rate = (failures: number, attempts: number) => (attempts === 0 ? null : failures / attempts)

/** Counts with their rates and the interval. */
export const rateOf = ({ presentments, failures, raw_attempts, raw_failures }: Counts) => ({
  attempts: presentments,
  failures,
  rate: rate(failures, presentments),
  interval: wilsonInterval(failures, presentments),
  raw: { attempts: raw_attempts, failures: raw_failures, rate: rate(raw_failures, raw_attempts) },
})

const previousOf = (row: BothCounts): Counts => ({
  presentments: row.previous_presentments,
  failures: row.previous_failures,
  raw_attempts: row.previous_raw_attempts,
  raw_failures: row.previous_raw_failures,
})

/** The same with the previous period. */
export const failureRate = (row: BothCounts): FailureRate => ({
  ...rateOf(row),
  previous: rateOf(previousOf(row)),
})
