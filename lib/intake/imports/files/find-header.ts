import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { headerKey, recogniseHeader, recogniseTerminalHeader } from "@/lib/intake/imports/mapping/recognise"

/** How many cells of a row are usual names of columns, or `wanted` ones. */
export function knownNames(cells: readonly string[], wanted: ReadonlySet<string>): number {
  const isKnown = (cell: string) =>
    (recogniseHeader(cell) ?? recogniseTerminalHeader(cell)) !== null || wanted.has(headerKey(cell))
  return cells.filter((cell) => cell.trim() !== "" && isKnown(cell)).length
}

/** Whether a cell is a number, a time or an amount rather than a name. */
const isValue = (cell: string): boolean => /\d/.test(cell) && !/\p{L}{2}/u.test(cell)

const isAllNames = ({ cells }: FileRow): boolean => {
  const filled = cells.filter((cell) => cell.trim() !== "")
  return filled.length > 0 && !filled.some(isValue) && new Set(filled).size === filled.length
}

/** The index of the row that names the columns; null where none does. */
export function findHeader(rows: readonly FileRow[], wanted: ReadonlySet<string>): number | null {
  const known = rows.map(({ cells }) => knownNames(cells, wanted))
  const most = Math.max(0, ...known)
  const best = rows[known.indexOf(most)]
  if (most > 1 || (most === 1 && best && isAllNames(best))) return known.indexOf(most)
  const [first] = rows
  return first && isAllNames(first) ? 0 : null
}
