import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import type { FailureSeries } from "@/lib/insight/rates/schemas"

/** One bucket to draw: percent of all sales; null is a gap. */
export type FailureBar = { at: string; attempts: number; previous: number | null; isOpen: boolean } & Record<
  Cause,
  number | null
>

const hourMs = 3_600_000

const stepsOf = ({ days, from, to }: FailureSeries["previousPeriod"]): string[] => {
  if (days === null) {
    const count = Math.round((Date.parse(to) - Date.parse(from)) / hourMs)
    return Array.from(
      { length: count },
      (_, i) => `${new Date(Date.parse(from) + i * hourMs).toISOString().slice(0, 19)}Z`,
    )
  }
  const first = Date.parse(`${days.first}T00:00:00Z`)
  const count = Math.round((Date.parse(`${days.last}T00:00:00Z`) - first) / (24 * hourMs)) + 1
  return Array.from({ length: count }, (_, i) => new Date(first + i * 24 * hourMs).toISOString().slice(0, 10))
}

const percent = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole)

/**
 * Every bucket of the range with its failure rates by cause and that of the previous period. The last is
 * unfinished if the range goes on.
 */
export function failureBars(series: FailureSeries): FailureBar[] {
  const steps = stepsOf(series)
  const earlierSteps = stepsOf(series.previousPeriod)
  const now = new Map(series.data.map((bucket) => [bucket.at, bucket]))
  const before = new Map(series.previous.map((bucket) => [bucket.at, bucket]))
  return steps.map((at, i) => {
    const bucket = now.get(at)
    const earlier = before.get(earlierSteps[i] ?? "")
    const shares = Object.fromEntries(
      causes.map((cause) => [cause, bucket ? percent(bucket.byCause[cause], bucket.presentments) : null]),
    )
    return {
      at,
      attempts: bucket?.presentments ?? 0,
      previous: earlier ? percent(earlier.failures, earlier.presentments) : null,
      isOpen: i === steps.length - 1 && Date.parse(series.to) > Date.parse(series.asOf),
      ...(shares as Record<Cause, number | null>),
    }
  })
}
