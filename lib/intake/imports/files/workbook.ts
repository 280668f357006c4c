import { posix } from "node:path"
import { AppError } from "@/lib/base/errors"
import { numberStyle, type NumberStyle } from "@/lib/intake/imports/files/cell-number"
import { Zip, type PartLimit } from "@/lib/intake/imports/files/open-zip"
import { StringText } from "@/lib/intake/imports/files/string-text"
import { xmlParser, type XmlHandler } from "@/lib/intake/imports/files/xml-parser"

const partLimit: PartLimit = { what: "styles and relations", bytes: 16 * 1024 * 1024 }
/** All texts are in memory. */
const textsLimit: PartLimit = { what: "texts", bytes: 64 * 1024 * 1024 }

/** What the cells of a workbook's sheets refer to. `sheets` has the names of their parts, in order. */
export type Workbook = {
  zip: Zip
  sheets: string[]
  texts: string[]
  /** How each style shows numbers, by the style's index. */
  numberStyles: NumberStyle[]
  is1904: boolean
}

async function readPart(zip: Zip, name: string, limit: PartLimit, handler: XmlHandler): Promise<void> {
  const parser = xmlParser(handler)
  for await (const piece of zip.text(name, limit)) parser.write(piece)
}

type Relation = { id: string; kind: string; part: string }

/** The parts that a part refers to; the part "" is the archive itself. */
async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const folder = part === "" ? "" : posix.dirname(part)
  const relations: Relation[] = []
  await readPart(zip, posix.join(folder, "_rels", `${posix.basename(part)}.rels`), partLimit, {
    open: (name, { Id: id = "", Type: type = "", Target: target = "" }) => {
      if (name !== "Relationship") return
      const found = target.startsWith("/") ? target.slice(1) : posix.join(folder, target)
      relations.push({ id, kind: posix.basename(type), part: found })
    },
  })
  return relations
}

/** The ids of a workbook's sheets in order, and its date system. */
async function sheetsOf(zip: Zip, part: string): Promise<{ ids: string[]; is1904: boolean }> {
  const ids: string[] = []
  let is1904 = false
  await readPart(zip, part, partLimit, {
    open: (name, attributes) => {
      if (name === "sheet")
        ids.push(Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "")
      if (name === "workbookPr") is1904 = ["1", "true"].includes(attributes["date1904"] ?? "")
    },
  })
  return { ids, is1904 }
}

async function numberStylesOf(zip: Zip, part: string): Promise<NumberStyle[]> {
  const own = new Map<number, string>()
  const styles: NumberStyle[] = []
  let isOfCells = false
  await readPart(zip, part, partLimit, {
    open: (name, { numFmtId = "0", formatCode = "" }) => {
      const id = Number(numFmtId)
      if (name === "numFmt") own.set(id, formatCode)
      if (name === "cellXfs") isOfCells = true
      if (name === "xf" && isOfCells) styles.push(numberStyle(id, own.get(id)))
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
  await readPart(zip, part, textsLimit, {
    open: (name) => (name === "si" ? text.reset() : text.open(name)),
    text: (data) => text.add(data),
    close: (name) => {
      if (name === "si") texts.push(text.unescaped)
      else text.close(name)
    },
  })
  return texts
}

/** Opens a workbook and reads everything except its sheets. */
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
    numberStyles: await numberStylesOf(zip, partOf("styles")),
    is1904,
  }
}
