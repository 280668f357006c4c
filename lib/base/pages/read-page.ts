import { z } from "zod"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { PageLinks } from "@/lib/base/pages/links"
import { isPlaceOf, sliceOf, type ListOrder, type Place, type Slice } from "@/lib/base/pages/list-order"

type Way = "after" | "before"
type Start = { way: Way; position: number; place: Place }

const Cursor = (order: ListOrder) =>
  z.tuple([
    z.enum(["after", "before"]),
    z.int().min(1).max(1e9),
    z.array(z.string()).refine((place) => isPlaceOf(order, place)),
  ])

function startOf(order: ListOrder, cursor: string): Start {
  const [way, position, place] = decodeCursor(order.list, cursor, Cursor(order))
  return { way, position, place }
}

const cursorTo = ({ list }: ListOrder, { way, position, place }: Start): string =>
  encodeCursor(list, [way, position, place])

/**
 * A page of a list: the rows after or before a cursor, the cursors of the pages around it, and the position
 * of its first row. The cursor contains the position, so nothing is counted. If rows are added or deleted
 * meanwhile, the position is approximate.
 */
export async function readPage<Row extends { place: Place }>(
  order: ListOrder,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  read: (slice: Slice) => Promise<Row[]>,
): Promise<PageLinks & { rows: Omit<Row, "place">[] }> {
  const start = cursor === undefined ? null : startOf(order, cursor)
  const isBackwards = start?.way === "before"
  const from = start?.place ?? null
  const found = await read(sliceOf(order, { from, isBackwards, limit: limit + 1 }))
  const hasMore = found.length > limit
  // The first page is always full.
  if (isBackwards && !hasMore && found.length < limit) return readPage(order, { limit }, read)
  const rows = isBackwards ? found.slice(0, limit).toReversed() : found.slice(0, limit)
  const position = positionOf(start, rows.length, hasMore)
  const [first, last] = [rows.at(0), rows.at(-1)]
  const hasPrevious = isBackwards ? hasMore : start !== null
  const hasNext = isBackwards || hasMore
  const end = position + rows.length
  return {
    rows: rows.map(({ place: _place, ...row }) => row),
    position,
    previousCursor:
      first && hasPrevious ? cursorTo(order, { way: "before", position, place: first.place }) : null,
    nextCursor: last && hasNext ? cursorTo(order, { way: "after", position: end, place: last.place }) : null,
  }
}

/**
 * The position of a page's first row. A cursor that leads back contains the position of the row after the
 * page.
 */
function positionOf(start: Start | null, count: number, hasMore: boolean): number {
  if (start === null) return 1
  if (start.way === "after") return start.position
  return hasMore ? Math.max(2, start.position - count) : 1
}

/** The whole list, page by page. */
export async function* readPages<Row extends { place: Place }>(
  order: ListOrder,
  limit: number,
  read: (slice: Slice) => Promise<Row[]>,
): AsyncGenerator<Omit<Row, "place">[]> {
  let cursor: string | undefined
  do {
    const { rows, nextCursor } = await readPage(order, { cursor, limit }, read)
    yield rows
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}
