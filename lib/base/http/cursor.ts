import type { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { parse, type Parsed } from "@/lib/base/http/parse"

/** An opaque place in a sorted list: the sort value and id of the last row shown. */
export const encodeCursor = (parts: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url")

export function decodeCursor<Schema extends z.ZodType>(text: string, schema: Schema): Parsed<Schema> {
  try {
    return parse(schema, JSON.parse(Buffer.from(text, "base64url").toString("utf8")))
  } catch {
    throw new AppError("invalid", "The cursor is not one of ours: start again without it.", {
      field: "cursor",
    })
  }
}
