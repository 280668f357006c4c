import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { withQuery } from "@/lib/base/http/get-json"
import { given } from "@/lib/base/http/given"
import { oneOf } from "@/lib/base/one-of"
import { paths } from "@/lib/base/paths"
import { datesOf, defaultRange, rangeNames, type RangeName } from "@/lib/base/time/range-names"
import { isDay } from "@/lib/base/time/reader-day"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import type { ConcentrationQuery } from "@/lib/insight/concentration/schemas"
import type { FailedSaleQuery } from "@/lib/insight/failed-sales/schemas"
import type { SeriesQuery } from "@/lib/insight/rates/queries"
import type { FailureMatrixQuery, FailureRateQuery } from "@/lib/insight/rates/schemas"
import { dimensions, groupings, groupingsWithin, type Grouping } from "@/lib/insight/rates/words"

/** The parts of the page: sums by group, stores by a dimension, what failures follow, and single sales. */
export const shows = ["groups", "stores", "followed", "sales"] as const

/** Filters that single sales have and sums do not. */
const ofSales = {
  issuer: parseAsString,
  entryMode: parseAsStringLiteral(entryModes),
  operator: parseAsString,
  acquirer: parseAsInteger,
  release: parseAsString,
}
export const salesFilters = Object.keys(ofSales) as (keyof typeof ofSales)[]

/**
 * The search parameters of the page of failed sales. `from` and `to` replace the range, `compareFrom` and
 * `compareTo` the previous period. `sale` is the sale that is open.
 */
export const failuresView = {
  show: parseAsStringLiteral(shows).withDefault("groups"),
  range: parseAsStringLiteral(rangeNames).withDefault(defaultRange),
  from: parseAsString,
  to: parseAsString,
  compareFrom: parseAsString,
  compareTo: parseAsString,
  groupBy: parseAsStringLiteral(groupings).withDefault("store"),
  cause: parseAsStringLiteral(causes),
  merchant: parseAsInteger,
  region: parseAsInteger,
  store: parseAsInteger,
  model: parseAsInteger,
  terminal: parseAsInteger,
  subcause: parseAsString,
  code: parseAsString,
  ...ofSales,
  cursor: parseAsString,
  sale: parseAsString,
}
export const loadFailuresView = createLoader(failuresView)
export type FailuresView = Awaited<ReturnType<typeof loadFailuresView>>

/** What sales can be grouped by: a terminal's by cause alone. */
export const groupingsOf = (view: Pick<FailuresView, "terminal" | "model" | "subcause" | "code">) =>
  view.terminal === null ? groupingsWithin(view) : (["cause"] as const)

/** `from` and `to` replace the range. */
const periodOf = ({ range, from, to }: Pick<FailuresView, "range" | "from" | "to">) =>
  from === null && to === null ? { range } : given({ from, to })

const comparedOf = ({ compareFrom, compareTo }: FailuresView) =>
  compareFrom === null || compareTo === null ? {} : { compareFrom, compareTo }

const placesOf = ({ merchant, region, store, model }: FailuresView) =>
  given({ merchant, region, store, model })

/** The period and the filters that sums have. */
const sumsOf = (view: FailuresView): SeriesQuery => {
  const { cause, terminal, subcause, code } = view
  return {
    ...periodOf(view),
    ...comparedOf(view),
    ...placesOf(view),
    ...given({ cause, terminal, subcause, code }),
  }
}

/** The request of a view. */
export function failuresQuery(view: FailuresView): FailureRateQuery {
  const possible = groupingsOf(view)
  const groupBy = oneOf(possible, view.groupBy) ?? possible[0] ?? "cause"
  const { cause: _all, ...ofAllCauses } = sumsOf(view)
  return { ...(groupBy === "cause" ? ofAllCauses : sumsOf(view)), groupBy }
}

export const seriesQuery = sumsOf

/** Stores by a dimension: the chosen grouping, or causes. */
export function matrixQuery(view: FailuresView): FailureMatrixQuery {
  const possible = groupingsWithin({ ...view, terminal: null })
  const groupBy = dimensions.find((one) => one === view.groupBy && possible.includes(one)) ?? "cause"
  const { terminal: _one, ...filters } = sumsOf(view)
  return { ...filters, groupBy }
}

/** What a terminal's failures follow is asked of its store. */
export function concentrationQuery(view: FailuresView): ConcentrationQuery {
  const { merchant, region, store, cause, subcause, code } = view
  return { ...periodOf(view), ...given({ merchant, region, store, cause, subcause, code }) }
}

export function salesQuery(view: FailuresView): Partial<FailedSaleQuery> {
  const { cause, terminal, subcause, code, issuer, entryMode, operator, acquirer, release, cursor } = view
  return {
    ...periodOf(view),
    ...placesOf(view),
    ...given({ cause, terminal, subcause, code, issuer, entryMode, operator, acquirer, release, cursor }),
  }
}

type Id = string | number
type Named = Record<"merchant" | "region" | "store" | "model" | "terminal" | "acquirer", Id>
type Written = Record<
  "from" | "to" | "compareFrom" | "compareTo" | "subcause" | "code" | "issuer" | "entryMode" | "operator",
  string
>
type Linked = Named &
  Written & {
    show: (typeof shows)[number]
    range: RangeName
    groupBy: Grouping
    cause: Cause
    release: string
  }
export type FailuresLink = { [Name in keyof Linked]?: Linked[Name] | undefined }

/** The address of the rows behind a rate. */
export const failuresPath = (link: FailuresLink): string => withQuery(paths.failures, link)

/** The period and all filters of a view, for the links of its rows. */
export const linkWithin = (view: FailuresView): FailuresLink => sumsOf(view)

/** The address of single sales. Those of a code are of all verdicts. */
export const salesPath = (link: FailuresLink): string =>
  failuresPath({
    ...link,
    show: "sales",
    ...((link.subcause ?? link.code) === undefined ? {} : { cause: undefined }),
  })

const isOfHours = ({ range, from, to }: FailuresLink): boolean =>
  [from, to].some((moment) => moment?.includes("T")) || (range !== undefined && datesOf[range] === null)

/**
 * The address of the sales of a cause: by subcause for dates, by place for hours, of which codes are not
 * kept. Single sales within a terminal or model, of which codes are not kept either.
 */
export function causePath(cause: Cause, within: FailuresLink): string {
  if (within.terminal !== undefined || within.model !== undefined) return salesPath({ ...within, cause })
  const ofPlace = within.store === undefined ? "store" : "terminal"
  return failuresPath({ ...within, cause, groupBy: isOfHours(within) ? ofPlace : "subcause" })
}

const hourMs = 3_600_000

/** The address of the sales of one bar of a chart: a day, or an hour. */
export function bucketPath(at: string, within: FailuresLink = { groupBy: "store" }): string {
  const to = isDay(at) ? at : new Date(Date.parse(at) + hourMs).toISOString()
  return failuresPath({ ...within, from: at, to })
}
