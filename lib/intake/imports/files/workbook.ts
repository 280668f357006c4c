import { posix } from "node:path"
import { isDateFormat } from "numfmt"
import { AppError } from "@/lib/base/errors"
import { Zip } from "@/lib/intake/imports/files/open-zip"
import { StringText } from "@/lib/intake/imports/files/string-text"
import { xmlParser, type XmlHandler } from "@/lib/intake/imports/files/xml-parser"

const longestPart = 32 * 1024 * 1024
const longestTexts = 128 * 1024 * 1024

/** What the cells of a workbook's sheets refer to. `sheets` are the names of their parts, in order. */
export type Workbook = {
  zip: Zip
  sheets: string[]
  texts: string[]
  /** Whether a style shows a number as a date, by the style's index. */
  dateStyles: boolean[]
  is1904: boolean
}

async function readPart(zip: Zip, name: string, longest: number, handler: XmlHandler): Promise<void> {
  const parser = xmlParser(handler)
  for await (const piece of zip.text(name, longest)) parser.write(piece)
}

type Relation = { id: string; kind: string; part: string }

/** What a part refers to; the part "" is the archive itself. */
async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const folder = part === "" ? "" : posix.dirname(part)
  const relations: Relation[] = []
  await readPart(zip, posix.join(folder, "_rels", `${posix.basename(part)}.rels`), longestPart, {
    open: (name, { Id: id = "", Type: type = "", Target: target = "" }) => {
      if (name !== "Relationship") return
      const found = target.startsWith("/") ? target.slice(1) : posix.join(folder, target)
      relations.push({ id, kind: posix.basename(type), part: found })
    },
  })
  return relations
}

/** The ids of a workbook's sheets in their order, and where its dates begin. */
async function sheetsOf(zip: Zip, part: string): Promise<{ ids: string[]; is1904: boolean }> {
  const ids: string[] = []
  let is1904 = false
  await readPart(zip, part, longestPart, {
    open: (name, attributes) => {
      if (name === "sheet")
        ids.push(Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "")
      if (name === "workbookPr") is1904 = ["1", "true"].includes(attributes["date1904"] ?? "")
    },
  })
  return { ids, is1904 }
}

/** Formats that a file names by number alone: dates and times, among them those of Chinese and Japanese Excel. */
const isDateNumber = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

async function dateStylesOf(zip: Zip, part: string): Promise<boolean[]> {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let isOfCells = false
  await readPart(zip, part, longestPart, {
    open: (name, { numFmtId = "0", formatCode = "" }) => {
      const id = Number(numFmtId)
      if (name === "numFmt") own.set(id, isDateFormat(formatCode))
      if (name === "cellXfs") isOfCells = true
      if (name === "xf" && isOfCells) styles.push(own.get(id) ?? isDateNumber(id))
    },
    close: (name) => {
      if (name === "cellXfs") isOfCells = false
    },
  })
  return styles
}

async function textsOf(zip: Zip, part: string): Promise<string[]> {
  const texts: string[] = []
  const text = new StringText()
  await readPart(zip, part, longestTexts, {
    open: (name) => (name === "si" ? text.reset() : text.open(name)),
    text: (data) => text.add(data),
    close: (name) => {
      if (name === "si") texts.push(text.unescaped)
      else text.close(name)
    },
  })
  return texts
}

/** Opens a workbook and reads all of it but its sheets. */
export async function openWorkbook(archive: Buffer): Promise<Workbook> {
  const zip = await Zip.open(archive)
  const main = (await relationsOf(zip, "")).find(({ kind }) => kind === "officeDocument")?.part ?? ""
  const relations = await relationsOf(zip, main)
  const partOf = (kind: string) => relations.find((relation) => relation.kind === kind)?.part ?? ""
  const { ids, is1904 } = await sheetsOf(zip, main)
  const sheets = ids.flatMap((wanted) =>
    relations.filter(({ id, kind }) => id === wanted && kind === "worksheet").map(({ part }) => part),
  )
  if (sheets.length === 0)
    throw new AppError("invalid", "The file is no XLSX workbook with a sheet: save it as XLSX or CSV.")
  return {
    zip,
    sheets,
    texts: await textsOf(zip, partOf("sharedStrings")),
    dateStyles: await dateStylesOf(zip, partOf("styles")),
    is1904,
  }
}
