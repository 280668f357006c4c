import { z } from "zod"
import { OpeningHours } from "@/lib/stores/opening-hours"
import { isZone } from "@/lib/time/zone"

export const terminalStatuses = ["pending", "active", "spare", "in_repair", "retired"] as const
export type TerminalStatus = (typeof terminalStatuses)[number]

export const onlineStates = ["online", "late", "suspect", "offline", "unknown"] as const
export type OnlineState = (typeof onlineStates)[number]

const text = z.string().trim().min(1).max(200)

/** One terminal as master data says it; what is absent is left as it is. */
export const TerminalEntry = z.object({
  serial: text.max(64),
  tid: text.max(64).optional(),
  acquirer: text.max(64).optional(),
  model: text.max(64).optional(),
  status: z.enum(terminalStatuses).optional(),
  merchant: text.optional(),
  region: text.optional(),
  store: text.max(64).optional(),
  storeName: text.optional(),
  timeZone: z.string().refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" }).optional(),
  address: text.optional(),
  openingHours: OpeningHours.optional(),
})
export type TerminalEntry = z.infer<typeof TerminalEntry>
