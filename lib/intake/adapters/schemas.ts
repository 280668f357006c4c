import { z } from "zod"
import { IngestAnswer } from "@/lib/intake/ingest/answer"

/** The answer of ingest, and the number of terminals with new master data. */
export const VendorAnswer = IngestAnswer.extend({
  /** The number of terminals whose master data the records contained. */
  inventoryUpdated: z.number(),
  /**
   * The indexes of the records that made no heartbeat: they have no time of measurement, it is too long ago,
   * or a service answered for a terminal that it cannot reach.
   */
  inventoryOnly: z.array(z.number()),
})
export type VendorAnswer = z.infer<typeof VendorAnswer>
