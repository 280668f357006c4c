import { DateTime } from "luxon"
import type { Horizon } from "@/lib/rollups/retention/sql"

/** The beginning of the longest retention of any organisation. No organisation keeps older data. */
export type Longest = { raw: DateTime; hours: DateTime; days: DateTime }

const earliest = (instants: DateTime[]): DateTime | undefined =>
  instants.toSorted((a, b) => a.toMillis() - b.toMillis())[0]
const utc = (at: Date) => DateTime.fromJSDate(at, { zone: "utc" })

/** Null if there is no organisation yet. */
export function longestOf(horizons: Horizon[]): Longest | null {
  const raw = earliest(horizons.map(({ raw_before: before }) => utc(before)))
  const hours = earliest(horizons.map(({ hours_before: before }) => utc(before)))
  const days = earliest(horizons.map(({ days_before: before }) => DateTime.fromISO(before, { zone: "utc" })))
  return raw && hours && days ? { raw, hours, days } : null
}
