import { z } from "zod"

// What the catalogue's drafts are made of. A draft says all of its entry: what is left out is null.

// PostgreSQL's text holds no NUL.
const text = (longest: number) => z.string().trim().max(longest).refine((value) => !value.includes("\0"), { error: "holds a NUL" })

export const requiredText = (longest: number) => text(longest).min(1)
export const optionalText = (longest: number) => text(longest).transform((value) => value || null).nullable().default(null)
export const optionalDay = z.iso.date().nullable().default(null)
export const optionalId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().default(null)

export const contact = { contactName: optionalText(200), contactPhone: optionalText(50), contactEmail: optionalText(254) }

export const EntryId = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
export type EntryId = z.infer<typeof EntryId>
