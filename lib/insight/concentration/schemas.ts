import { z } from "zod"
import { identifier, text } from "@/lib/base/text/fields"
import { causes } from "@/lib/fleet/code-packs/cause"
import { followed } from "@/lib/insight/concentration/words"
import { AskedPeriod, AskedPlaces } from "@/lib/insight/rates/schemas"

/** The sales of places in a period, and which of their failures: by verdict, subcause or code. */
export const ConcentrationQuery = z.strictObject({
  ...AskedPeriod,
  ...AskedPlaces,
  cause: z.enum(causes).optional(),
  subcause: identifier.optional(),
  code: text(130).optional(),
})
export type ConcentrationQuery = z.infer<typeof ConcentrationQuery>

/** `value` is null of a card, which has no name. `score` is the gain in likelihood less its penalty. */
const Explained = z.object({
  value: z.string().nullable(),
  label: z.string().nullable(),
  failures: z.number(),
  expected: z.number(),
  sales: z.number(),
  score: z.number(),
})
/** `share`: how likely it is among the best explanations of all dimensions and none. */
const Candidate = Explained.extend({ dimension: z.enum(followed), share: z.number() })

export const Concentration = z.object({
  failures: z.number(),
  sales: z.number(),
  /** Whether all failures were counted, or only the newest. */
  isWhole: z.boolean(),
  best: Candidate.nullable(),
  runnerUp: Candidate.nullable(),
  /** `values` is null where there are too many to compare: name a store, merchant or region. */
  dimensions: z.array(z.object({ dimension: z.enum(followed), values: z.array(Explained).nullable() })),
  from: z.string(),
  to: z.string(),
  days: z.object({ first: z.string(), last: z.string() }).nullable(),
  asOf: z.string(),
})
export type Concentration = z.infer<typeof Concentration>
