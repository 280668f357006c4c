// Control characters, which files cannot have here: they are removed before a source is stored.
const [begin, end] = ["\u0002", "\u0003"]
const marked = `${begin}([\\w:-]{1,64})${end}`
const first = new RegExp(marked)
const every = new RegExp(marked, "g")

/** Follows a masked card number in a stored source. */
export const markedRef = (ref: string): string => `${begin}${ref}${end}`

/** The reference behind the first masked card number of a cell. */
export const refIn = (cell: string): string | null =>
  cell.includes(begin) ? (first.exec(cell)?.[1] ?? null) : null

export const withoutRef = (cell: string): string => cell.replaceAll(every, "")

/** A text without the marks that only we write. */
export const unmarked = (text: string): string =>
  text.includes(begin) || text.includes(end) ? text.replaceAll(begin, "").replaceAll(end, "") : text
