import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { parse } from "@/lib/base/http/parse"

/**
 * An opaque place in a sorted list: the sort value and id of the last row shown. `list` is the list's name with
 * its order, so that a cursor leads nowhere else.
 */
export const encodeCursor = (list: string, parts: readonly unknown[]): string =>
  Buffer.from(JSON.stringify([list, parts])).toString("base64url")

export function decodeCursor<Parts>(list: string, text: string, schema: z.ZodType<Parts>): Parts {
  try {
    const written: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    return parse(z.tuple([z.literal(list), schema]), written)[1]
  } catch {
    throw new AppError(
      "invalid",
      "The cursor is not one of this list in this order: start again without it.",
      { field: "cursor" },
    )
  }
}
