import { z } from "zod"
import { sensitivities } from "@/lib/access/organisation/words"
import { nightlyRules } from "@/lib/insight/flags/words"

const counts = {
  opened: z.number(),
  /** Later fixed, on site or remotely. */
  confirmed: z.number(),
  noFaultFound: z.number(),
  /** Flags that are open now and that it would not have opened. */
  missing: z.number(),
}

/** What each sensitivity would have opened in the nights since `since`, at most 90 days ago. */
export const Rehearsals = z.object({
  /** The sensitivity that is set. */
  sensitivity: z.enum(sensitivities),
  /** The first night; null before it. */
  since: z.string().nullable(),
  data: z.array(
    z.object({
      sensitivity: z.enum(sensitivities),
      /** The false discovery rate of a night's list. */
      rate: z.number(),
      ...counts,
      rules: z.array(z.object({ rule: z.enum(nightlyRules), ...counts })),
    }),
  ),
})
export type Rehearsals = z.infer<typeof Rehearsals>

export const NightlyRuleName = z.strictObject({ rule: z.enum(nightlyRules) })
export const LoosenedRule = NightlyRuleName
export type LoosenedRule = z.infer<typeof LoosenedRule>
