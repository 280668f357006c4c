import { z } from "zod"
import { defaultRange, rangeNames } from "@/lib/base/time/range-names"
import { onlineStates } from "@/lib/fleet/terminals/words"
import { Flag } from "@/lib/insight/flags/schemas"
import { flagKinds, ruleNames } from "@/lib/insight/flags/words"

export const OverviewQuery = z.strictObject({ range: z.enum(rangeNames).default(defaultRange) })
export type OverviewQuery = z.infer<typeof OverviewQuery>

const Store = z.object({
  id: z.number(),
  name: z.string(),
  merchant: z.string().nullable(),
  attempts: z.number(),
  failures: z.number(),
  rate: z.number(),
  interval: z.tuple([z.number(), z.number()]),
})

export const Overview = z.object({
  organisation: z.object({ name: z.string(), timeZone: z.string() }),
  terminals: z.number(),
  pending: z.number(),
  states: z.record(z.enum(onlineStates), z.number()),
  /** What needs whom, most urgent first: the open flags of one rule and kind, with the newest. */
  needs: z.array(
    z.object({
      rule: z.enum(ruleNames),
      kind: z.enum(flagKinds),
      count: z.number(),
      newest: z.array(Flag),
    }),
  ),
  /** While the first evaluations go on, when the next one is. A flag opens after the second. */
  nextRoundAt: z.string().nullable(),
  /** The dates of `worstStores`, the last one included. They are whole days also for 24 hours. */
  days: z.object({ first: z.string(), last: z.string() }),
  /** The highest lower ends of the failure rate's interval, so that few sales do not lead. */
  worstStores: z.array(Store),
  unmappedCodes: z.number(),
  quarantined: z.number(),
  demoProgressPct: z.number().nullable(),
  lastReceivedAt: z.string().nullable(),
  asOf: z.string(),
})
export type Overview = z.infer<typeof Overview>
