const shapes: readonly [RegExp, string][] = [
  [
    /^\s*(?:<!doctype html|<html|<table|<head|<body|<meta|<style|<div)/i,
    "This is a web page with the name of a table: open it in a spreadsheet, save it as .xlsx or .csv and " +
      "upload that.",
  ],
  [
    /^\s*<(?:\?xml|[a-z])/i,
    "This is XML and no table: open it in a spreadsheet, save it as .xlsx or .csv and upload that.",
  ],
  [
    /^\s*(?:\{\s*"|\[\s*[{[])/,
    "This is JSON: send it to the API for records or vendors, or save it as .csv.",
  ],
  [/^%PDF-/, "This is a PDF: export the table as .xlsx or .csv and upload that."],
  [/^\{\\rtf/, "This is a text document: export the table as .xlsx or .csv and upload that."],
]

const packed: readonly [string, string][] = [
  ["1f8b", "gzip"],
  ["377abcaf", "7z"],
  ["52617221", "RAR"],
]

/** The kind of a file that is not a table, by its first bytes; null if it may be a table. */
export function packedKind(first: Buffer): string | null {
  const hex = first.subarray(0, 4).toString("hex")
  return packed.find(([magic]) => hex.startsWith(magic))?.[1] ?? null
}

const widths = /\S {2,}(?=\S)/g
const fewestLines = 3

/** Whether the columns have fixed widths: all lines have blanks at the same positions. */
function isFixedWidth(sample: string): boolean {
  const lines = sample.split(/\r?\n/).filter((line) => line.trim() !== "")
  const starts = lines.map(
    (line) => new Set([...line.matchAll(widths)].map(({ index, 0: gap }) => index + gap.length)),
  )
  const [first, ...others] = starts
  const shared = [...(first ?? [])].filter((start) => others.every((places) => places.has(start)))
  return lines.length >= fewestLines && shared.length > 0
}

/** Why a text cannot be read as a table, and what to do; null if it may be one. */
export function noTable(sample: string, columns: number): string | null {
  const shape = shapes.find(([pattern]) => pattern.test(sample))?.[1]
  if (shape !== undefined) return shape
  return columns === 1 && isFixedWidth(sample)
    ? "The columns have fixed widths and no delimiter: open the file in a spreadsheet, save it as .xlsx " +
        "or .csv and upload that."
    : null
}
