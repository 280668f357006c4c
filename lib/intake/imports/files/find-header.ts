import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { headerKey, recogniseHeader, recogniseTerminalHeader } from "@/lib/intake/imports/mapping/recognise"

/** The number of cells that are usual column names or in `wanted`. */
export function knownNames(cells: readonly string[], wanted: ReadonlySet<string>): number {
  const isKnown = (cell: string) =>
    (recogniseHeader(cell) ?? recogniseTerminalHeader(cell)) !== null || wanted.has(headerKey(cell))
  return cells.filter((cell) => cell.trim() !== "" && isKnown(cell)).length
}

/** Whether a cell is a number, a time or an amount, and not a name. */
const isValue = (cell: string): boolean => /\d/.test(cell) && !/\p{L}{2}/u.test(cell)

const isAllNames = ({ cells }: FileRow): boolean => {
  const filled = cells.filter((cell) => cell.trim() !== "")
  return filled.length > 0 && !filled.some(isValue) && new Set(filled).size === filled.length
}

/** The index of the row with the column names, or null if there is none. */
export function findHeader(rows: readonly FileRow[], wanted: ReadonlySet<string>): number | null {
  const known = rows.map(({ cells }) => knownNames(cells, wanted))
  const most = Math.max(0, ...known)
  const best = rows[known.indexOf(most)]
  if (most > 1 || (most === 1 && best && isAllNames(best))) return known.indexOf(most)
  const [first] = rows
  return first && isAllNames(first) ? 0 : null
}
