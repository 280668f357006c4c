import { z } from "zod"
import { partyKinds } from "@/lib/insight/parties/words"
import { AskedPeriod, AskedPlaces, FailureRatePage } from "@/lib/insight/rates/schemas"

export const PartyQuery = z.strictObject({
  by: z.enum(partyKinds).default("issuer"),
  ...AskedPeriod,
  ...AskedPlaces,
})
export type PartyQuery = z.infer<typeof PartyQuery>

const Declines = z.object({ failures: z.number(), rate: z.number().nullable() })

/**
 * `expected` is what all others fail of as many sales; null if there are no others. Business and technical
 * declines are those of the range; failures whose code names neither are in none.
 */
const Party = FailureRatePage.shape.data.element.extend({
  expected: z.number().nullable(),
  business: Declines,
  technical: Declines,
  trend: z.array(z.object({ day: z.string(), attempts: z.number(), failures: z.number() })),
})
export type Party = z.infer<typeof Party>

export const PartyPage = FailureRatePage.omit({ data: true, groupBy: true, resolution: true }).extend({
  data: z.array(Party),
  by: z.enum(partyKinds),
})
export type PartyPage = z.infer<typeof PartyPage>
