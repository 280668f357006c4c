/** The cursors of a page's neighbours, and the position of its first row in the list. */
export type PageLinks = { nextCursor: string | null; previousCursor: string | null; position: number }
