import { z } from "zod"
import { calendarDay } from "@/lib/base/text/fields"
import { leagueGroupings } from "@/lib/outlook/league/words"

/** Store-local days, the last one included. The default is the last 28 days. */
export const LeagueQuery = z.strictObject({
  by: z.enum(leagueGroupings),
  from: calendarDay.optional(),
  // The days around it are dates too.
  to: calendarDay
    .refine((day) => day >= "1970" && day < "9999", { error: "a day between 1970 and 9998" })
    .optional(),
})
export type LeagueQuery = z.infer<typeof LeagueQuery>

const amount = z.number().nullable()

export const LeagueRow = z.object({
  id: z.number(),
  name: z.string(),
  /** Terminals that were in service at some time of the range. */
  terminals: z.number(),
  /** False with too few terminals or sales. */
  isComparable: z.boolean(),
  attempts: z.number(),
  deviceFailures: z.number(),
  rate: amount,
  /** The 95% Wilson interval. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** The share of opening hours with a heartbeat, as in the weekly report. */
  availability: z.object({ openHours: z.number(), upHours: z.number(), share: amount }),
  flagsOpened: z.number(),
  terminalYears: z.number(),
  flagsPerTerminalYear: amount,
  terms: z.object({
    feePercent: amount,
    feeNote: z.string().nullable(),
    terminalPriceMinor: amount,
    depositMinor: amount,
    currency: z.string().nullable(),
    warrantyMonths: amount,
    manufacturer: z.string().nullable(),
  }),
})
export type LeagueRow = z.infer<typeof LeagueRow>

export const LeagueTable = z.object({
  by: z.enum(leagueGroupings),
  from: z.string(),
  to: z.string(),
  data: z.array(LeagueRow),
  /** How many less stable groups are not shown. */
  leftOut: z.number(),
  asOf: z.string(),
})
export type LeagueTable = z.infer<typeof LeagueTable>
