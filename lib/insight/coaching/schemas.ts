import { z } from "zod"
import { remedies } from "@/lib/fleet/code-packs/cause"
import { shifts } from "@/lib/insight/coaching/words"
import { AskedPeriod } from "@/lib/insight/rates/schemas"

/** Without a range, the last 30 days. */
export const CoachingQuery = z.strictObject(AskedPeriod)
export type CoachingQuery = z.infer<typeof CoachingQuery>

/** What went wrong at the hands of a cashier, how often, and what would have been right. */
const Topic = z.object({
  subcause: z.string(),
  failures: z.number(),
  lastAt: z.string(),
  steps: z.array(z.enum(remedies)),
})
/** `operator` is null where the terminal names no cashier. */
const Cashier = z.object({ operator: z.string().nullable(), failures: z.number(), topics: z.array(Topic) })

export const CoachingSheet = z.object({
  /** Times are told in the store's zone. */
  store: z.object({ id: z.number(), name: z.string(), timeZone: z.string() }),
  shifts: z.array(z.object({ shift: z.enum(shifts), cashiers: z.array(Cashier) })),
  from: z.string(),
  to: z.string(),
  days: z.object({ first: z.string(), last: z.string() }).nullable(),
})
export type CoachingSheet = z.infer<typeof CoachingSheet>
