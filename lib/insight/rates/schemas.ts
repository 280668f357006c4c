import { z } from "zod"
import { calendarInstant, writtenId } from "@/lib/base/text/fields"
import { causes } from "@/lib/fleet/code-packs/cause"

const Tally = { attempts: z.number(), failures: z.number(), rate: z.number().nullable() }
const Rate = z.object({
  ...Tally,
  interval: z.tuple([z.number(), z.number()]).nullable(),
  raw: z.object(Tally),
})

/** The plain figures count presentments, `raw` counts attempts. Without attempts, the rate is null. */
export const FailureRate = Rate.extend({ previous: Rate })
export type FailureRate = z.infer<typeof FailureRate>

export const groupings = [
  "cause",
  "subcause",
  "code",
  "store",
  "merchant",
  "region",
  "model",
  "release",
  "acquirer",
  "issuer",
  "entryMode",
  "operator",
  "terminal",
] as const
export type Grouping = (typeof groupings)[number]

const Filters = {
  store: writtenId.optional(),
  merchant: writtenId.optional(),
  region: writtenId.optional(),
  model: writtenId.optional(),
  terminal: writtenId.optional(),
}

export const FailureRateQuery = z.strictObject({
  from: calendarInstant.optional(),
  to: calendarInstant.optional(),
  groupBy: z.enum(groupings).default("cause"),
  ...Filters,
})
export type FailureRateQuery = z.infer<typeof FailureRateQuery>

export const FailureRatePage = z.object({
  data: z.array(FailureRate.extend({ value: z.string().nullable(), label: z.string().nullable() })),
  total: FailureRate,
  groupBy: z.enum(groupings),
  resolution: z.enum(["hour", "day"]),
  from: z.string(),
  to: z.string(),
  asOf: z.string(),
})
export type FailureRatePage = z.infer<typeof FailureRatePage>

export const FailureSeriesQuery = z.strictObject({
  from: calendarInstant.optional(),
  to: calendarInstant.optional(),
  bucket: z.enum(["hour", "day"]).default("day"),
  ...Filters,
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
  from: z.string(),
  to: z.string(),
  asOf: z.string(),
})
export type FailureSeries = z.infer<typeof FailureSeries>
