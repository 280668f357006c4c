import { z } from "zod"
import { IngestAnswer } from "@/lib/intake/ingest/answer"

/** As ingest answers, and what became of the inventory. */
export const VendorAnswer = IngestAnswer.extend({
  /** Terminals whose master data the records gave. */
  inventoryUpdated: z.number(),
  /**
   * Places of the records that made no heartbeat, because they do not say when it was measured, it is long
   * ago, or a service says it for a terminal that it does not reach.
   */
  inventoryOnly: z.array(z.number()),
})
export type VendorAnswer = z.infer<typeof VendorAnswer>
