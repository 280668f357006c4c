import { z } from "zod"
import { calendarDay, calendarInstant, identifier, text, writtenId } from "@/lib/base/text/fields"
import { rangeNames } from "@/lib/base/time/range-names"
import { causes } from "@/lib/fleet/code-packs/cause"
import { dimensions, groupings } from "@/lib/insight/rates/words"

const Tally = { attempts: z.number(), failures: z.number(), rate: z.number().nullable() }
const Rate = z.object({
  ...Tally,
  interval: z.tuple([z.number(), z.number()]).nullable(),
  raw: z.object(Tally),
})

/** The plain figures count presentments, `raw` counts attempts. Without attempts, the rate is null. */
export const FailureRate = Rate.extend({ previous: Rate })
export type FailureRate = z.infer<typeof FailureRate>

/**
 * `from` and `to` are instants, or dates in the organisation's zone; a date `to` is included, an instant is
 * not. Or a range that ends now. The default is the last seven days.
 */
const moment = z.union([calendarDay, calendarInstant], {
  error: "a day such as 2026-11-24, or a time with an offset, such as 2026-11-24T09:30:00+08:00",
})
export const AskedPeriod = {
  range: z.enum(rangeNames).optional(),
  from: moment.optional(),
  to: moment.optional(),
}
export const AskedPlaces = {
  store: writtenId.optional(),
  merchant: writtenId.optional(),
  region: writtenId.optional(),
}
const Asked = {
  ...AskedPeriod,
  ...AskedPlaces,
  model: writtenId.optional(),
  terminal: writtenId.optional(),
  /** Only failures of this cause, subcause or code (`unionpay:51`). Sales are all sales. */
  cause: z.enum(causes).optional(),
  subcause: identifier.optional(),
  code: text(130).optional(),
  /** Dates that replace the previous period, the last one included. Rates are then read by day. */
  compareFrom: calendarDay.optional(),
  compareTo: calendarDay.optional(),
}

export const FailureRateQuery = z.strictObject({
  ...Asked,
  groupBy: z.enum(groupings).default("cause"),
})
export type FailureRateQuery = z.infer<typeof FailureRateQuery>

const Period = {
  from: z.string(),
  to: z.string(),
  days: z.object({ first: z.string(), last: z.string() }).nullable(),
}
/**
 * The range that was read. `days` are its dates, the last one included; null for hours. The previous period
 * is as long, and whole weeks earlier.
 */
const Used = { ...Period, previousPeriod: z.object(Period) }

export const FailureRatePage = z.object({
  data: z.array(FailureRate.extend({ value: z.string().nullable(), label: z.string().nullable() })),
  /** How many values with fewer failures are not shown. */
  leftOut: z.number(),
  total: FailureRate,
  groupBy: z.enum(groupings),
  resolution: z.enum(["hour", "day"]),
  ...Used,
  asOf: z.string(),
})
export type FailureRatePage = z.infer<typeof FailureRatePage>

const { terminal: _oneTerminal, ...AskedOfStores } = Asked
export const FailureMatrixQuery = z.strictObject({
  ...AskedOfStores,
  groupBy: z.enum(dimensions).default("cause"),
})
export type FailureMatrixQuery = z.infer<typeof FailureMatrixQuery>

/** Stores with most failures, and values with most failures. A cell without sales is null. */
export const FailureMatrix = z.object({
  stores: z.array(
    z.object({ id: z.number(), name: z.string(), ...Tally, cells: z.array(z.object(Tally).nullable()) }),
  ),
  values: z.array(z.object({ value: z.string().nullable(), label: z.string().nullable(), ...Tally })),
  groupBy: z.enum(dimensions),
  ...Used,
  asOf: z.string(),
})
export type FailureMatrix = z.infer<typeof FailureMatrix>

export const FailureSeriesQuery = z.strictObject({
  ...Asked,
  bucket: z.enum(["hour", "day"]).default("day"),
})
export type FailureSeriesQuery = z.infer<typeof FailureSeriesQuery>

const Bucket = z.object({
  /** Start of the bucket: an instant for hours, a date for days. */
  at: z.string(),
  presentments: z.number(),
  failures: z.number(),
  byCause: z.record(z.enum(causes), z.number()),
})
export const FailureSeries = z.object({
  bucket: z.enum(["hour", "day"]),
  data: z.array(Bucket),
  previous: z.array(Bucket),
  ...Used,
  asOf: z.string(),
})
export type FailureSeries = z.infer<typeof FailureSeries>
