export type Kept = {
  raw_retention_days: number
  /** The raw rows of the days between these two are deleted. */
  closed_from: Date | null
  closed_before: Date | null
}

const dayMs = 86_400_000
const iso = (at: number): string => new Date(at).toISOString()

/**
 * Why a record of `at` is too old, or null. Rollups are computed from raw rows: if those of a day are
 * deleted, a new record would make the day's totals too small, or be counted twice.
 */
export function tooOld({
  at,
  receivedAt,
  isImport,
  kept,
}: {
  at: number
  receivedAt: number
  isImport: boolean
  kept: Kept
}): string | null {
  const { raw_retention_days: days, closed_from: from, closed_before: before } = kept
  if (!isImport && at < receivedAt - days * dayMs)
    return (
      `${iso(at)} is older than the ${days} days of raw data that are kept: ` +
      "correct the clock if it was wrong; import history from files"
    )
  if (from && before && at >= from.getTime() && at < before.getTime()) {
    const [first, end] = [from, before].map((date) => date.toISOString().slice(0, 10))
    return (
      "the raw data of its day was deleted by age: " +
      `records from ${first} or later and before ${end} cannot be added`
    )
  }
  return null
}
