import { z } from "zod"
import { nightlyRules } from "@/lib/insight/flags/words"

export const EvidenceQuery = z.strictObject({ rule: z.enum(nightlyRules).default("communication") })
export type EvidenceQuery = z.infer<typeof EvidenceQuery>

const Counts = { observed: z.number(), expected: z.number() }

/** A terminal's failures of a rule, by day and among terminals of the same model. */
export const Evidence = z.object({
  /** The last five weeks, of days with sales. */
  days: z.array(z.object({ day: z.string(), ...Counts })),
  /** The sums of four weeks: the terminal's own, and those of others of its model. */
  own: z.object(Counts),
  others: z.array(z.object({ serial: z.string(), ...Counts })),
})
export type Evidence = z.infer<typeof Evidence>
