import { z } from "zod"
import { counterNames, signals } from "@/lib/insight/trends/words"

/** What wears out at a terminal, by week, and when it reaches its limit. */
export const Wear = z.object({
  /** The last days of half a year on which counters began anew, the newest first. */
  resets: z.array(z.object({ on: z.string(), counters: z.array(z.enum(counterNames)) })),
  signals: z.array(
    z.object({
      signal: z.enum(signals),
      limit: z.number(),
      /** By the Monday of the week: medians of its days, or counters at its end. */
      weeks: z.array(z.object({ week: z.string(), value: z.number() })),
      /** Null with fewer than eight weeks, without a clear trend, or more than two years from the limit. */
      trend: z
        .object({
          /** The line on the day it was last computed for, and how much it moves in a week. */
          level: z.number(),
          perWeek: z.number(),
          /** The weeks that the line is made from. */
          weeks: z.number(),
          /** The day on which it reaches the limit, with a 90 % interval; null: not known. */
          on: z.string(),
          early: z.string().nullable(),
          late: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
})
export type Wear = z.infer<typeof Wear>
export type WearOfSignal = Wear["signals"][number]
