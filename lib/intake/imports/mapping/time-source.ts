import type { ColumnFacts, FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { dateOrderOf, noDates, sumOfDates, type DateFacts } from "@/lib/intake/imports/mapping/date-order"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { DateOrder } from "@/lib/intake/imports/words"

/** Ten digits are seconds since 1970, unless the whole column can be month, day and time. */
export function formatOf(facts: ColumnFacts | undefined): { format?: string } {
  if (!facts || facts.tenDigits.monthDay === 0 || facts.tenDigits.all < facts.filled) return {}
  return { format: facts.tenDigits.monthDay === facts.tenDigits.all ? "MMddHHmmss" : "X" }
}

/** What four digits of a time of day are: if none has seconds, all are hours and minutes. */
export const clockOf = (facts: ColumnFacts | undefined): "HHmm" | "HHmmss" =>
  facts && facts.longClocks > 0 ? "HHmmss" : "HHmm"

/** The columns of a profile that contain days. */
function dayColumns({ at, fields }: Profile): string[] {
  const ofFields = Object.values(fields).filter(({ as }) => as === "day")
  const days = ofFields.flatMap(({ column }) => column ?? [])
  if (at === undefined || "year" in at) return days
  if ("date" in at) return [at.date, ...days]
  return at.format === undefined ? [at.column, ...days] : days
}

const datesOf = (profile: Profile, facts: FileFacts): DateFacts =>
  dayColumns(profile)
    .map((column) => facts[column]?.dates ?? noDates)
    .reduce(sumOfDates, noDates)

/** The order of the file's dates, from the profile or from all cells of their columns. */
export const dateOrderOfFile = (profile: Profile, facts: FileFacts): DateOrder | "open" | undefined =>
  profile.dateOrder ?? dateOrderOf(datesOf(profile, facts))

/** Whether times of the file have no year, and the profile has none either. */
export function lacksYear(profile: Profile, facts: FileFacts): boolean {
  const { at, year } = profile
  if (at === undefined || year !== undefined) return false
  return "column" in at ? at.format === "MMddHHmmss" : "date" in at && datesOf(profile, facts).noYear > 0
}
