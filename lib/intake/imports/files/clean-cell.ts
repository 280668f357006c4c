// Control characters but tab and line breaks, and characters that show nothing: marks of direction and order.
const unseen = /(?![\t\n\r])\p{Cc}|[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu

/** ="00" keeps a spreadsheet from taking 00 for a number. */
const textFormula = /^="((?:[^"]|"")*)"$/
/** Quotes that a blank behind them kept from being taken away. */
const quoted = /^"([^"]*)"$/

/** A cell's text without what spreadsheets and systems put around it. */
export function cleanCell(cell: string): string {
  const text = cell.replaceAll(unseen, "").trim()
  if (!text.endsWith('"')) return text
  const formula = textFormula.exec(text)?.[1]
  return formula === undefined
    ? (quoted.exec(text)?.[1] ?? text).trim()
    : formula.replaceAll('""', '"').trim()
}

/** Fewer digits behind the point are no whole card number. */
const longEnough = 12

/** The digits of a number with an exponent that has kept most of them; the text itself where it has not. */
export function expanded(text: string): string {
  const match = /^(\d)\.(\d+)E\+(\d{1,2})$/i.exec(text)
  const [, first = "", rest = "", exponent = "0"] = match ?? []
  return match && rest.length >= longEnough && Number(exponent) >= rest.length
    ? first + rest.padEnd(Number(exponent), "0")
    : text
}
