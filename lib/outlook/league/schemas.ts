import { z } from "zod"
import { calendarDay } from "@/lib/base/text/fields"
import { leagueGroupings } from "@/lib/outlook/league/words"

/** Days of the stores' own, `to` left out; by default the 28 before today. */
export const LeagueQuery = z.strictObject({
  by: z.enum(leagueGroupings),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
})
export type LeagueQuery = z.infer<typeof LeagueQuery>

const amount = z.number().nullable()

export const LeagueRow = z.object({
  id: z.number(),
  name: z.string(),
  /** In service for some of the time. */
  terminals: z.number(),
  /** False: too few terminals or sales to compare. */
  isComparable: z.boolean(),
  attempts: z.number(),
  deviceFailures: z.number(),
  rate: amount,
  /** 95 %, Wilson. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** The share of opening hours with a sign of life, as in the weekly report. */
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
  /** How many groups more there are, less stable than those. */
  leftOut: z.number(),
  asOf: z.string(),
})
export type LeagueTable = z.infer<typeof LeagueTable>
