import { Readable } from "node:stream"
import ExcelJS from "exceljs"
import { AppError } from "@/lib/base/errors"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { zipEntries, zipStream, type Part, type ZipEntry } from "@/lib/intake/imports/files/open-zip"

const longestTexts = 128 * 1024 * 1024
const longestSheet = 2_000_000_000

const sheetName = /^xl\/worksheets\/sheet\d+\.xml$/
const textsName = "xl/sharedStrings.xml"
const firstNames = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
const noTexts =
  '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="0" uniqueCount="0"></sst>'

/** The parts of a workbook in the order in which a sheet can be read without waiting for its texts: one that waits would be put on a disk. */
function inReadingOrder(entries: ZipEntry[]): Part[] {
  const named = (name: string) => entries.find((entry) => entry.name === name)
  const sheets = entries
    .filter(({ name }) => sheetName.test(name))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))
  const texts = named(textsName)
  if (sheets.length === 0 || !named("xl/workbook.xml"))
    throw new AppError("invalid", "The file is no XLSX workbook with a sheet: save it as XLSX or CSV.")
  if ((texts?.size ?? 0) > longestTexts || sheets.some(({ size }) => size > longestSheet)) {
    throw new AppError("too_large", "The workbook unpacks to too much: save it as CSV and upload that.")
  }
  return [
    ...firstNames.flatMap((name) => named(name) ?? []),
    texts ?? { name: textsName, content: noTexts },
    ...sheets,
  ]
}

const two = (value: number) => String(value).padStart(2, "0")

/** A date cell as text; one without a day is a time of day. */
function dateText(date: Date): string {
  const rounded = new Date(Math.round(date.getTime() / 1000) * 1000)
  const time = `${two(rounded.getUTCHours())}:${two(rounded.getUTCMinutes())}:${two(rounded.getUTCSeconds())}`
  if (rounded.getUTCFullYear() < 1900) return time
  return `${rounded.getUTCFullYear()}-${two(rounded.getUTCMonth() + 1)}-${two(rounded.getUTCDate())} ${time}`
}

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ""
  if (value instanceof Date) return dateText(value)
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value).toString() : String(value)
  if (typeof value !== "object") return String(value)
  if ("richText" in value) return value.richText.map(({ text }) => text).join("")
  if ("result" in value) return cellText(value.result)
  if ("text" in value) return cellText(value.text)
  return ""
}

/** The rows of the first sheet that has any, as lists of cells; empty rows are counted and left out. */
export async function* workbookRows(archive: Buffer): AsyncGenerator<FileRow> {
  const source = Readable.from(zipStream(archive, inReadingOrder(zipEntries(archive))), { objectMode: false })
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(source, {
    worksheets: "emit",
    sharedStrings: "cache",
    styles: "cache",
    hyperlinks: "ignore",
    entries: "ignore",
  })
  let failure: unknown
  // pipe() does not pass errors on: the reader would wait for ever.
  source.on("error", (error) => {
    failure = error
    source.push(null)
  })
  let isEmpty = true
  try {
    let line = 0
    for await (const sheet of workbook) {
      for await (const row of sheet) {
        // A row need not say its number.
        line = Number.isNaN(row.number) ? line + 1 : row.number
        const cells: string[] = []
        row.eachCell(
          { includeEmpty: true },
          (cell, column) => (cells[column - 1] = cellText(cell.value).trim()),
        )
        if (cells.every((cell) => cell === "" || cell === undefined)) continue
        isEmpty = false
        yield { line, cells: Array.from(cells, (cell) => cell ?? "") }
      }
      if (!isEmpty) break
    }
  } catch (error) {
    throw (
      failure ??
      (error instanceof AppError
        ? error
        : new AppError("invalid", "The workbook cannot be read: save it again as XLSX, or as CSV."))
    )
  } finally {
    source.destroy()
  }
  if (failure) throw failure
}
