import { strToU8, zipSync } from "fflate"

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const declared = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"`

const relations = (targets: readonly (readonly [kind: string, target: string])[]) =>
  `<Relationships>${targets
    .map(([kind, target], i) => `<Relationship Id="rId${i}" Type="${office}/${kind}" Target="${target}"/>`)
    .join("")}</Relationships>`

/** The XML parts of a workbook by name, with the given content of each sheet's sheetData. */
export function workbookParts(
  sheets: readonly string[],
  { texts = "", styles = "", about = "" }: { texts?: string; styles?: string; about?: string } = {},
): Record<string, string> {
  const sheet = sheets.map((_, i) => `<sheet name="s${i}" sheetId="${i + 1}" r:id="rId${i}"/>`)
  return {
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<workbook ${declared}>${about}<sheets>${sheet.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map((_, i) => ["worksheet", `worksheets/sheet${i}.xml`] as const),
      ["sharedStrings", "sharedStrings.xml"],
      ["styles", "/xl/styles.xml"],
    ]),
    "xl/sharedStrings.xml": `<sst ${declared}>${texts}</sst>`,
    "xl/styles.xml": `<styleSheet ${declared}>${styles}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map((rows, i) => [
        `xl/worksheets/sheet${i}.xml`,
        `<worksheet ${declared}><sheetData>${rows}</sheetData><tableParts/></worksheet>`,
      ]),
    ),
  }
}

/** Zips the parts of a workbook. */
export const packed = (parts: Record<string, string>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))))

/** The same archive with a false uncompressed size of one part in its directory. */
export function sayingSize(archive: Buffer, name: string, bytes: number): Buffer {
  const said = Buffer.from(archive)
  const entry = said.lastIndexOf(name) - 46
  said.writeUInt32LE(bytes, entry + 24)
  return said
}
