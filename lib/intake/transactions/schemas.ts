import { z } from "zod"
import { identifier, instant, shortText } from "@/lib/base/text/fields"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { terminalName } from "@/lib/intake/ingest/terminal-name"

export const outcomes = ["approved", "declined", "failed", "cancelled", "reversed"] as const
export type Outcome = (typeof outcomes)[number]

/** One attempt to pay, as sent. */
export const Transaction = z
  .object({
    terminal: terminalName,
    at: instant,
    id: identifier,
    outcome: z.enum(outcomes),
    reverses: identifier.optional(),
    codeSystem: shortText.optional(),
    code: shortText.optional(),
    entryMode: z.enum(entryModes).optional(),
    /** Minor units; negative for a refund. */
    amountMinor: z.int().optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: "an ISO 4217 code such as CNY" })
      .optional(),
    issuerBin: z
      .string()
      .regex(/^\d{6,8}$/, { error: "6 to 8 digits" })
      .optional(),
    cardRef: shortText.optional(),
    scheme: shortText.optional(),
    acquirer: shortText.optional(),
    operator: shortText.optional(),
    durationMs: z.int().min(0).max(2_147_483_647).optional(),
    hostReached: z.boolean().optional(),
    release: shortText.optional(),
    tvr: shortText.optional(),
    reversalReason: shortText.optional(),
    batch: shortText.optional(),
    rrn: shortText.optional(),
    secondsSinceSignIn: z.int().min(0).max(2_147_483_647).optional(),
    keyVersion: shortText.optional(),
    sentAt: instant.optional(),
  })
  .refine((record) => record.outcome !== "reversed" || record.reverses !== undefined, {
    path: ["reverses"],
    error: "a reversal names the transaction it reverses",
  })
export type Transaction = z.infer<typeof Transaction>
