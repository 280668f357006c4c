import { z } from "zod"

/** How to go on from a page of a list, and which of the list's rows is the page's first. */
export const pageLinks = {
  nextCursor: z.string().nullable(),
  previousCursor: z.string().nullable(),
  position: z.number(),
}

/** How many rows a list has: at least so many, where it is not exact. */
export const pageTotal = { total: z.number(), isTotalExact: z.boolean() }
