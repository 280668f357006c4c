import { z } from "zod"
import { phone, searched, writtenCursor, writtenId, writtenText } from "@/lib/base/text/fields"

// Fields that merchants, regions and stores share. A text is either null or not empty.

const text = (longest: number) => writtenText(longest).min(1)

export const name = text(200)
export const code = text(64)
export const address = text(500)
export const contact = {
  contactName: text(100).nullable(),
  contactPhone: phone(40).min(1).nullable(),
  contactEmail: z.email().max(254).nullable(),
}

export const PlaceId = z.strictObject({ id: writtenId })

export const Named = z.object({ id: z.number(), name: z.string() })

/** A page of a searched list. `q` matches part of a name, code or address. */
export const listed = {
  q: searched(100).optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
/** An id to filter by, or `none` for entries without such a place. */
export const filter = z.union([z.literal("none"), writtenId]).optional()
