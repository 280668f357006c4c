import { z } from "zod"
import { calendarDay, writtenId } from "@/lib/base/text/fields"
import { rangeNames } from "@/lib/base/time/range-names"

/** Dates, the last one included, or a range that ends today. */
export const AvailabilityQuery = z.strictObject({
  range: z.enum(rangeNames).optional(),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  store: writtenId.optional(),
  terminal: writtenId.optional(),
})
export type AvailabilityQuery = z.infer<typeof AvailabilityQuery>

const Part = z.object({
  /** Opening hours, or for the authorisation sales. */
  total: z.number(),
  /** What was not available, by cause. With what was available it makes the total. */
  lost: z.object({
    device: z.number(),
    line: z.number(),
    site: z.number(),
    system: z.number(),
    unknown: z.number(),
  }),
  share: z.number().nullable(),
})

export const Availability = z.object({
  /** Opening hours with a sign of life, a heartbeat or a sale, of terminals that send heartbeats. */
  hardware: Part,
  /** These hours, and those with sales of terminals that only sell, in which a sale could be made. */
  cardholder: Part,
  /** Sales that a host decided. */
  authorisation: Part,
  from: z.string(),
  to: z.string(),
  days: z.object({ first: z.string(), last: z.string() }).nullable(),
  /** The last day whose hours are counted. */
  hoursUntil: z.string().nullable(),
})
export type Availability = z.infer<typeof Availability>
