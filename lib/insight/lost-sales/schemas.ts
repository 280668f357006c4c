import { z } from "zod"
import { calendarDay, writtenId } from "@/lib/base/text/fields"
import { rangeNames } from "@/lib/base/time/range-names"

/** Dates, the last one included, or a range that ends today. By terminal within a store. */
export const LostSalesQuery = z.strictObject({
  range: z.enum(rangeNames).optional(),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  store: writtenId.optional(),
  terminal: writtenId.optional(),
  groupBy: z.enum(["cause", "terminal"]).default("cause"),
})
export type LostSalesQuery = z.infer<typeof LostSalesQuery>

const Lost = { currency: z.string(), sales: z.number(), amountMinor: z.number() }

/** The cause is the verdict's. Each currency has rows of its own, most sales first. */
export const LostSales = z.object({
  data: z.array(z.object({ value: z.string(), label: z.string().nullable(), ...Lost })),
  total: z.array(z.object(Lost)),
  groupBy: z.enum(["cause", "terminal"]),
  from: z.string(),
  to: z.string(),
  days: z.object({ first: z.string(), last: z.string() }).nullable(),
})
export type LostSales = z.infer<typeof LostSales>
