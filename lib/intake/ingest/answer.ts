import { z } from "zod"

export const rejectionCodes = [
  "invalid",
  "pan_suspected",
  "clock_wrong",
  "too_old",
  "unknown_terminal",
  "ambiguous_terminal",
  "placeholder_serial",
  "unmapped_code",
] as const
export type RejectionCode = (typeof rejectionCodes)[number]

/** `index` is the record's position in the batch, from 0. */
export const Rejection = z.object({
  index: z.number(),
  code: z.enum(rejectionCodes),
  field: z.string().nullable(),
  message: z.string(),
})
export type Rejection = z.infer<typeof Rejection>

/** The results of a batch, record by record. Only the first hundred errors are listed. */
export const IngestAnswer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  errors: z.array(Rejection),
  /** Unknown fields, and fields that do not fit, with the kind of their value. */
  ignored: z.array(z.string()),
})
export type IngestAnswer = z.infer<typeof IngestAnswer>

export const mostErrors = 100
export const emptyAnswer = (): IngestAnswer => ({
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  errors: [],
  ignored: [],
})
