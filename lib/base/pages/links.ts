/** The cursors of the pages before and after, and the position of the page's first row in the list. */
export type PageLinks = { nextCursor: string | null; previousCursor: string | null; position: number }
