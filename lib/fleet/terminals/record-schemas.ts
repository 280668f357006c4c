import { z } from "zod"
import { causes } from "@/lib/fleet/code-packs/cause"

/** The newest heartbeats and sales of a terminal. */
export const RecentRecords = z.object({
  beats: z.array(
    z.object({
      at: z.string(),
      receivedAt: z.string().nullable(),
      batteryPct: z.number().nullable(),
      signalDbm: z.number().nullable(),
      networkType: z.string().nullable(),
      printerStatus: z.string().nullable(),
      app: z.string().nullable(),
      checksOk: z.boolean().nullable(),
    }),
  ),
  sales: z.array(
    z.object({
      at: z.string(),
      id: z.string(),
      outcome: z.enum(["approved", "declined", "failed", "cancelled", "reversed"]),
      entryMode: z.string().nullable(),
      amountMinor: z.number().nullable(),
      currency: z.string().nullable(),
      operator: z.string().nullable(),
      codeSystem: z.string().nullable(),
      code: z.string().nullable(),
      cause: z.string().nullable(),
      meaningEn: z.string().nullable(),
      meaningZh: z.string().nullable(),
      /** What the failed sale was due to, with its share of 1. Null before it is judged. */
      verdict: z
        .object({
          cause: z.enum(causes),
          share: z.number(),
          /** Strongest first, with the numbers of each. */
          evidence: z.array(z.looseObject({ code: z.string() })),
        })
        .nullable(),
    }),
  ),
})
export type RecentRecords = z.infer<typeof RecentRecords>
