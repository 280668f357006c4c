import { z } from "zod"
import { AskedPeriod, AskedPlaces, FailureRatePage } from "@/lib/insight/rates/schemas"
import { speedKinds } from "@/lib/insight/speeds/words"

/** Read by day, as the nights have counted them: today is not among them. */
export const SpeedQuery = z.strictObject({
  by: z.enum(speedKinds).default("issuer"),
  ...AskedPeriod,
  ...AskedPlaces,
})
export type SpeedQuery = z.infer<typeof SpeedQuery>

const Speed = { sales: z.number(), medianMs: z.number().nullable(), p95Ms: z.number().nullable() }

/** How long approved sales took, without retries. `expectedMs` is the 95th percentile of all others. */
export const SpeedPage = z.object({
  data: z.array(
    z.object({
      value: z.string(),
      label: z.string().nullable(),
      ...Speed,
      expectedMs: z.number().nullable(),
    }),
  ),
  total: z.object(Speed),
  /** How many quicker ones are not shown. */
  leftOut: z.number(),
  by: z.enum(speedKinds),
  ...FailureRatePage.pick({ from: true, to: true, days: true }).shape,
})
export type SpeedPage = z.infer<typeof SpeedPage>
