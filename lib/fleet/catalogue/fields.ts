import { z } from "zod"
import { calendarDay, phone, writtenId, writtenText } from "@/lib/base/text/fields"

// Field schemas for drafts of the catalogue. A draft replaces the whole entry, so a missing field becomes
// null.

export const requiredText = (longest: number) => writtenText(longest).min(1)
const optional = (text: z.ZodString) =>
  text
    .transform((value) => value || null)
    .nullable()
    .default(null)
export const optionalText = (longest: number) => optional(writtenText(longest))
export const optionalDay = calendarDay.nullable().default(null)
export const optionalId = z.int().positive().nullable().default(null)

export const contact = {
  contactName: optionalText(200),
  contactPhone: optional(phone(50)),
  contactEmail: optionalText(254),
}

export const EntryId = z.strictObject({ id: writtenId })
export type EntryId = z.infer<typeof EntryId>
