import { z } from "zod"

/** The cursors of the pages around it, and the position of its first row. */
export const pageLinks = {
  nextCursor: z.string().nullable(),
  previousCursor: z.string().nullable(),
  position: z.number(),
}

/** The number of rows of a list, or a lower bound if it is not exact. */
export const pageTotal = { total: z.number(), isTotalExact: z.boolean() }
