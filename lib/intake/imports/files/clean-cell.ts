// Control characters except tab and line breaks, and invisible characters such as direction marks.
const unseen = /(?![\t\n\r])\p{Cc}|[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu

/** Files write ="00" so that a spreadsheet does not read 00 as a number. */
const textFormula = /^="((?:[^"]|"")*)"$/
/** Quotes that the CSV reader left because a blank follows them. */
const quoted = /^"([^"]*)"$/

/** A cell's text without quotes, blanks and marks that spreadsheets and other systems add. */
export function cleanCell(cell: string): string {
  const text = cell.replaceAll(unseen, "").trim()
  if (!text.endsWith('"')) return text
  const formula = textFormula.exec(text)?.[1]
  return formula === undefined
    ? (quoted.exec(text)?.[1] ?? text).trim()
    : formula.replaceAll('""', '"').trim()
}
