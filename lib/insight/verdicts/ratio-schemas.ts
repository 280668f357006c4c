import { z } from "zod"
import { ratioCodes } from "@/lib/insight/verdicts/likelihoods"
import { verdictCauses } from "@/lib/insight/verdicts/priors"

const Version = z.object({ version: z.number(), learntTo: z.string(), findings: z.number() })

/**
 * How many times more likely evidence is if a cause is the right one: as shipped, and as sales are judged
 * now. `findings` taught the newest version; without any, both are the same.
 */
export const VerdictRatios = z.object({
  data: z.array(
    z.object({
      code: z.enum(ratioCodes),
      cause: z.enum(verdictCauses),
      shipped: z.number(),
      learnt: z.number(),
      /** As many findings as had the evidence. */
      seen: z.number(),
    }),
  ),
  /** The newest first. */
  versions: z.array(Version),
})
export type VerdictRatios = z.infer<typeof VerdictRatios>
