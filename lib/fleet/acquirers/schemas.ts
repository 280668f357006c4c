import { z } from "zod"
import { contact, optionalText, requiredText } from "@/lib/fleet/catalogue/fields"

const money = z.number().int().min(0).max(1e12).nullable().default(null)

export const AcquirerDraft = z
  .strictObject({
    /** The acquirer's name in transactions and files. */
    code: requiredText(64),
    name: requiredText(200),
    /** The acquirer's code table, used for transactions that name none. */
    codeSystem: optionalText(64),
    ...contact,
    /** Percent of a sale. `feeNote` describes tiers and minimums. */
    feePercent: z.number().min(0).max(100).multipleOf(0.0001).nullable().default(null),
    feeNote: optionalText(500),
    /** Price of one terminal, in the currency's minor units. */
    terminalPriceMinor: money,
    depositMinor: money,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable()
      .default(null),
    /** Within how many hours sales made offline must reach it. */
    offlineHours: z.number().int().min(1).max(720).nullable().default(null),
    note: optionalText(2000),
  })
  .refine(
    ({ terminalPriceMinor, depositMinor, currency }) =>
      currency !== null || (terminalPriceMinor === null && depositMinor === null),
    {
      error: "amounts need a currency",
      path: ["currency"],
    },
  )
export type AcquirerDraft = z.infer<typeof AcquirerDraft>

const text = z.string().nullable()
const amount = z.number().nullable()

export const Acquirer = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  codeSystem: text,
  contactName: text,
  contactPhone: text,
  contactEmail: text,
  feePercent: amount,
  feeNote: text,
  terminalPriceMinor: amount,
  depositMinor: amount,
  currency: text,
  offlineHours: amount,
  note: text,
  /** Terminals that now have a TID of the acquirer, in the actor's reach. */
  terminals: z.number(),
})
export type Acquirer = z.infer<typeof Acquirer>

export const AcquirerList = z.object({ data: z.array(Acquirer) })
export type AcquirerList = z.infer<typeof AcquirerList>
