import { z } from "zod"
import { locales } from "@/lib/base/i18n/locale"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { identifier, text, writtenCursor, writtenId } from "@/lib/base/text/fields"
import { causes, remedies } from "@/lib/fleet/code-packs/cause"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { AskedPeriod, AskedPlaces } from "@/lib/insight/rates/schemas"
import { Evidence } from "@/lib/insight/verdicts/schemas"

/** Which failed sales of a period. `operator` is `store:cashier`, `code` has its system: `unionpay:51`. */
export const FailedSaleFilter = z.strictObject({
  ...AskedPeriod,
  ...AskedPlaces,
  model: writtenId.optional(),
  terminal: writtenId.optional(),
  /** The cause that the verdict names. */
  cause: z.enum(causes).optional(),
  subcause: identifier.optional(),
  code: text(130).optional(),
  issuer: z
    .string()
    .regex(/^\d{6,8}$/, { error: "six to eight digits" })
    .optional(),
  entryMode: z.enum(entryModes).optional(),
  operator: text(90).optional(),
  acquirer: writtenId.optional(),
  release: identifier.optional(),
})
export type FailedSaleFilter = z.infer<typeof FailedSaleFilter>

export const FailedSaleQuery = FailedSaleFilter.extend({
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type FailedSaleQuery = z.infer<typeof FailedSaleQuery>

/** What a sale was due to: shares of 1, what speaks for them, strongest first, and what to do, in order. */
const Verdict = z.object({
  cause: z.enum(causes),
  p: z.object({ device: z.number(), card: z.number(), operator: z.number(), system: z.number() }),
  evidence: z.array(Evidence.extend({ text: z.record(z.enum(locales), z.string()) })),
  remedies: z.array(z.enum(remedies)),
  judgedAt: z.string(),
})

export const FailedSale = z.object({
  id: z.string(),
  at: z.string(),
  outcome: z.enum(["declined", "failed"]),
  terminal: z.object({ id: z.number(), serial: z.string() }),
  store: z.object({ id: z.number(), name: z.string() }),
  codeSystem: z.string().nullable(),
  code: z.string().nullable(),
  meaningEn: z.string().nullable(),
  meaningZh: z.string().nullable(),
  /** What the code says by itself. */
  codeCause: z.enum(causes),
  subcause: z.string(),
  entryMode: z.string().nullable(),
  issuer: z.string().nullable(),
  operator: z.string().nullable(),
  acquirer: z.string().nullable(),
  release: z.string().nullable(),
  amountMinor: z.number().nullable(),
  currency: z.string().nullable(),
  /** A further attempt of a customer whose attempt before failed. */
  isRetry: z.boolean(),
  /** Null before it is judged. */
  verdict: Verdict.nullable(),
})
export type FailedSale = z.infer<typeof FailedSale>

export const FailedSalePage = z.object({
  data: z.array(FailedSale),
  ...pageLinks,
  ...pageTotal,
  from: z.string(),
  to: z.string(),
})
export type FailedSalePage = z.infer<typeof FailedSalePage>
