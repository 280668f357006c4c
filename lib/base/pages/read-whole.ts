/** The most rows of a list that the browser reads to write them to a file. */
export const mostRead = 10_000

/** Reads a list page by page from the API. `isWhole` is false if the list has more rows. */
export async function readWhole<Row>(
  readPage: (cursor: string | null) => Promise<{ data: Row[]; nextCursor: string | null }>,
  most = mostRead,
): Promise<{ rows: Row[]; isWhole: boolean }> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const page: { data: Row[]; nextCursor: string | null } = await readPage(cursor)
    rows.push(...page.data)
    cursor = page.nextCursor
  } while (cursor !== null && rows.length < most)
  return { rows: rows.slice(0, most), isWhole: cursor === null && rows.length <= most }
}
