import { z } from "zod"
import { qualityKindNames } from "@/lib/outlook/data-quality/words"

/** Faults of the data that the caller may see, with their numbers on the days of the last eight weeks. */
export const DataQuality = z.object({
  data: z.array(
    z.object({
      kind: z.enum(qualityKindNames),
      count: z.number(),
      /** Larger numbers are not counted exactly. */
      isExact: z.boolean(),
      /** Empty for a caller who is limited to some stores. */
      days: z.array(z.object({ on: z.string(), count: z.number() })),
    }),
  ),
})
export type DataQuality = z.infer<typeof DataQuality>
