import { z } from "zod"
import { instant } from "@/lib/base/text/fields"
import { member, type Adapter, type Reading } from "@/lib/intake/adapters/reading"

const AdyenTerminal = z.looseObject({
  serialNumber: z.string({ error: "a terminal has a serialNumber" }).min(1).max(64),
  model: z.string().max(64).nullish(),
  firmwareVersion: z.string().max(64).nullish(),
  /** Absent when older than fourteen days. */
  lastActivityAt: instant.nullish(),
  assignment: z
    .looseObject({ merchantId: z.string().nullish(), storeId: z.string().max(64).nullish() })
    .nullish(),
})
type AdyenTerminal = z.infer<typeof AdyenTerminal>

/** Adyen's Management API v3: GET /terminals, a page of it, or one terminal. */
export const adyenManagement: Adapter = {
  records: (value) => {
    const page = member(value, "data")
    return Array.isArray(page) ? page : Array.isArray(value) ? value : [value]
  },
  schema: AdyenTerminal,
  read: ({ serialNumber, model, firmwareVersion, lastActivityAt, assignment }: AdyenTerminal): Reading => ({
    inventory: {
      serial: serialNumber,
      model: model ?? undefined,
      merchant: assignment?.merchantId ?? undefined,
      store: assignment?.storeId ?? undefined,
    },
    heartbeat: lastActivityAt ? { at: lastActivityAt, firmware: firmwareVersion ?? undefined } : null,
  }),
  // The id repeats the model and the serial number.
  uses: [
    "id",
    "serialNumber",
    "model",
    "firmwareVersion",
    "lastActivityAt",
    "assignment.merchantId",
    "assignment.storeId",
  ],
}
