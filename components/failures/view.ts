import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { withQuery } from "@/lib/base/http/get-json"
import { given } from "@/lib/base/http/given"
import { paths } from "@/lib/base/paths"
import { datesOf, defaultRange, rangeNames, type RangeName } from "@/lib/base/time/range-names"
import { isDay } from "@/lib/base/time/reader-day"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import type { FailureRateQuery } from "@/lib/insight/rates/schemas"
import { groupings, type Grouping } from "@/lib/insight/rates/words"

/** The search parameters of the page of failed sales. `from` and `to` replace the range. */
export const failuresView = {
  range: parseAsStringLiteral(rangeNames).withDefault(defaultRange),
  from: parseAsString,
  to: parseAsString,
  groupBy: parseAsStringLiteral(groupings).withDefault("store"),
  cause: parseAsStringLiteral(causes),
  merchant: parseAsInteger,
  region: parseAsInteger,
  store: parseAsInteger,
  model: parseAsInteger,
  terminal: parseAsInteger,
}
export const loadFailuresView = createLoader(failuresView)
export type FailuresView = Awaited<ReturnType<typeof loadFailuresView>>

const ofPlaces: readonly Grouping[] = ["cause", "store", "merchant", "region", "model", "terminal"]

/** What sales can be grouped by: a terminal's by cause alone, a model's not by what is kept by store. */
export const groupingsOf = ({ terminal, model }: Pick<FailuresView, "terminal" | "model">) =>
  groupings.filter((one) => (terminal === null ? model === null || ofPlaces.includes(one) : one === "cause"))

/** `from` and `to` replace the range. */
const periodOf = ({ range, from, to }: Pick<FailuresView, "range" | "from" | "to">) =>
  from === null && to === null ? { range } : given({ from, to })

/** The request of a view. */
export function failuresQuery({ range, from, to, groupBy, ...filters }: FailuresView): FailureRateQuery {
  const possible = groupingsOf(filters)
  const shown = possible.includes(groupBy) ? groupBy : (possible[0] ?? "cause")
  return {
    ...periodOf({ range, from, to }),
    groupBy: shown,
    ...given({ ...filters, cause: shown === "cause" ? null : filters.cause }),
  }
}

type Id = string | number
export type FailuresLink = {
  range?: RangeName | undefined
  from?: string
  to?: string
  groupBy?: Grouping
  cause?: Cause
  merchant?: Id
  region?: Id
  store?: Id
  model?: Id
  terminal?: Id
}

/** The address of the rows behind a rate. */
export const failuresPath = (link: FailuresLink): string => withQuery(paths.failures, link)

/** The period and all filters of a view, for the links of its rows. */
export const linkWithin = ({ range, from, to, groupBy: _group, ...filters }: FailuresView): FailuresLink => ({
  ...periodOf({ range, from, to }),
  ...given(filters),
})

const isOfHours = ({ range, from, to }: FailuresLink): boolean =>
  [from, to].some((moment) => moment?.includes("T")) || (range !== undefined && datesOf[range] === null)

/**
 * The address of the sales of a cause: by code for dates, by place for hours, of which codes are not kept.
 * Null within a terminal or model, of which codes are not kept either.
 */
export function causePath(cause: Cause, within: FailuresLink): string | null {
  if (within.terminal !== undefined || within.model !== undefined) return null
  const ofPlace = within.store === undefined ? "store" : "terminal"
  return failuresPath({ ...within, cause, groupBy: isOfHours(within) ? ofPlace : "code" })
}

const hourMs = 3_600_000

/** The address of the sales of one bar of a chart: a day, or an hour. */
export function bucketPath(at: string, within: FailuresLink = { groupBy: "store" }): string {
  const to = isDay(at) ? at : new Date(Date.parse(at) + hourMs).toISOString()
  return failuresPath({ ...within, from: at, to })
}
