import { numberText } from "@/lib/intake/imports/files/cell-number"
import { longestRow, longRow, mostColumns, type FileRow } from "@/lib/intake/imports/files/file-row"
import { brokenWorkbook, type PartLimit } from "@/lib/intake/imports/files/open-zip"
import { StringText } from "@/lib/intake/imports/files/string-text"
import { openWorkbook, type Workbook } from "@/lib/intake/imports/files/workbook"
import { xmlParser, type XmlHandler } from "@/lib/intake/imports/files/xml-parser"

/**
 * The limit on unpacked sheets, which are read at 15 to 30 MiB a second. 200,000 rows of 25 numbers fit.
 */
const sheetsLimit: PartLimit = { what: "sheets", bytes: 256 * 1024 * 1024 }
/** Excel's own limits. */
const mostRows = 1_048_576
const lastColumn = 16_384
/** One more than a file may have shows that it has too many. Cells behind it are left out. */
const mostKept = mostColumns + 1

/** The column number of a cell reference: 28 for AB7; 0 if it has no column. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i += 1) {
    const letter = (reference.charCodeAt(i) | 0x20) - 0x60
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column
}

/** Makes rows from a sheet's elements. A cell or row without a reference comes after the one before it. */
class SheetReader implements XmlHandler {
  /** Rows that were read and not consumed yet. */
  readonly rows: FileRow[] = []
  state: "before" | "within" | "after" = "before"
  readonly #workbook: Workbook
  readonly #text = new StringText()
  #line = 0
  #column = 0
  #cells: string[] = []
  #type = ""
  #style = 0
  #length = 0

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  open = (name: string, attributes: Record<string, string>): void => {
    if (name === "sheetData") this.state = "within"
    else if (name === "row") {
      this.#line = Number(attributes["r"] ?? this.#line + 1)
      if (!Number.isInteger(this.#line) || this.#line < 1 || this.#line > mostRows) throw brokenWorkbook()
      this.#column = 0
      this.#cells = []
      this.#length = 0
    } else if (name === "c") {
      this.#column = columnOf(attributes["r"] ?? "") || this.#column + 1
      if (this.#column > lastColumn) throw brokenWorkbook()
      this.#type = attributes["t"] ?? "n"
      this.#style = Number(attributes["s"] ?? 0)
      this.#text.reset()
    } else this.#text.open(name)
  }

  text = (data: string): void => this.#text.add(data)

  close = (name: string): void => {
    if (name === "c") this.#endCell()
    else if (name === "row") {
      if (this.#cells.length > 0) this.rows.push({ line: this.#line, cells: this.#cells })
      this.#cells = []
    } else if (name === "sheetData") this.state = "after"
    else this.#text.close(name)
  }

  #endCell(): void {
    const text = this.#cellText().trim()
    if (text === "" || this.#column > mostKept) return
    this.#length += text.length
    if (this.#length > longestRow) throw longRow(this.#line)
    while (this.#cells.length < this.#column) this.#cells.push("")
    this.#cells[this.#column - 1] = text
  }

  /** The cell of a formula has its result; an error is empty. */
  #cellText(): string {
    const { texts, numberStyles, is1904 } = this.#workbook
    switch (this.#type) {
      case "s":
        return texts[Number.parseInt(this.#text.plain, 10)] ?? ""
      case "b":
        return this.#text.plain.trim() === "1" ? "true" : "false"
      case "e":
        return ""
      case "n":
        return numberText(this.#text.plain, { style: numberStyles[this.#style] ?? "plain", is1904 })
      default:
        return this.#text.unescaped
    }
  }
}

/** The rows of the first sheet that has rows, as lists of cells. Empty rows are counted and left out. */
export async function* workbookRows(archive: Buffer): AsyncGenerator<FileRow> {
  const workbook = await openWorkbook(archive)
  const limit = { ...sheetsLimit }
  for (const sheet of workbook.sheets) {
    const reader = new SheetReader(workbook)
    const parser = xmlParser(reader)
    let isEmpty = true
    for await (const piece of workbook.zip.text(sheet, limit)) {
      parser.write(piece)
      isEmpty &&= reader.rows.length === 0
      yield* reader.rows.splice(0)
      if (reader.state === "after") break
    }
    if (reader.state === "within") throw brokenWorkbook()
    if (!isEmpty) return
    limit.bytes -= workbook.zip.sizeOf(sheet)
  }
}
