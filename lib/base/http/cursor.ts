import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { parse } from "@/lib/base/http/parse"

/**
 * A cursor for a sorted list: the sort value and id of the last row shown. `list` is the list's name and
 * order, so that no other list accepts the cursor.
 */
export const encodeCursor = (list: string, parts: readonly unknown[]): string =>
  Buffer.from(JSON.stringify([list, parts])).toString("base64url")

export function decodeCursor<Parts>(list: string, text: string, schema: z.ZodType<Parts>): Parts {
  try {
    const written: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    // A cursor is not stored, and its numbers can look like card numbers.
    return parse(z.tuple([z.literal(list), schema]), written, { mayBeStored: false })[1]
  } catch {
    throw new AppError("invalid", "This cursor belongs to another list or order. Start again without it.", {
      field: "cursor",
    })
  }
}
