import { writeXlsx } from "hucre/xlsx"
import { describe, expect, test } from "vitest"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { workbookRows } from "@/lib/intake/imports/files/workbook-rows"
import { packed, sayingSize, workbookParts } from "@/tests/support/workbook"

async function rowsOf(archive: Uint8Array): Promise<FileRow[]> {
  const rows: FileRow[] = []
  for await (const row of workbookRows(Buffer.from(archive))) rows.push(row)
  return rows
}

const stores = Array.from({ length: 4_000 }, (_, i) => [
  `SN${i}`,
  `门店${i}`,
  `${"区".repeat(i % 7)}😀路${i}号`,
])

test.each(["shared", "inline"] as const)(
  "reads a workbook exactly in pieces of any size, with row numbers (%s)",
  async (stringMode) => {
    const workbook = await writeXlsx({
      sheets: [{ name: "门店", rows: [["设备清单"], [], ...stores] }],
      stringMode,
    })
    const read = await rowsOf(workbook)
    expect(read[0]).toEqual({ line: 1, cells: ["设备清单"] })
    expect(read.slice(1)).toEqual(stores.map((cells, i) => ({ line: i + 3, cells })))
  },
)

const texts = `<si><t>plain</t></si>
  <si><r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>
  <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>`
const formats = [0, 14, 21, 31, 164, 165, 166, 167, 168, 169, 9]
const styles = `<numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;"/>
    <numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/><numFmt numFmtId="166" formatCode="0\\d"/>
    <numFmt numFmtId="167" formatCode="00000000"/><numFmt numFmtId="168" formatCode="000-0000;-0"/>
    <numFmt numFmtId="169" formatCode="0.00%"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs>`

const read = async (cells: string) =>
  (await rowsOf(packed(workbookParts([`<row r="1">${cells}</row>`], { texts, styles }))))[0]?.cells

describe("a cell's text", () => {
  test.each([
    ["of a shared string", '<c t="s"><v>0</v></c>', "plain"],
    ["of a shared string in runs", '<c t="s"><v>1</v></c>', "rich text"],
    ["without the phonetic runs beside it", '<c t="s"><v>2</v></c>', "東京"],
    ["of an inline string", '<c t="inlineStr"><is><t>a &lt; b</t></is></c>', "a < b"],
    ["of an inline string in runs", '<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"],
    [
      "of an inline string with phonetic runs",
      '<c t="inlineStr"><is><t>大阪</t><rPh sb="0" eb="2"><t>オオサカ</t></rPh></is></c>',
      "大阪",
    ],
    ["with CDATA", '<c t="inlineStr"><is><t><![CDATA[a<b]]> c</t></is></c>', "a<b c"],
    ["with escaped characters", '<c t="inlineStr"><is><t>a_x0009_b&#x1F600;</t></is></c>', "a\tb😀"],
    ["with prefixed elements", '<x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>', "a"],
    ["of a whole number", "<c><v>2460009117</v></c>", "2460009117"],
    ["of a fraction", "<c><v>0.1</v></c>", "0.1"],
    ["of true", '<c t="b"><v>1</v></c>', "true"],
    ["of false", '<c t="b"><v>0</v></c>', "false"],
    ["of a formula", "<c><f>1+1</f><v>2</v></c>", "2"],
    ["of a formula with a text", '<c t="str"><f>A1</f><v>x &amp; y</v></c>', "x & y"],
    ["of a formula with a date", '<c s="1"><f>TODAY()</f><v>45000</v></c>', "2023-03-15 00:00:00"],
    ["of a date and time", '<c s="1"><v>45000.5</v></c>', "2023-03-15 12:00:00"],
    ["to the nearest second", '<c s="1"><v>46355.999995370</v></c>', "2026-11-30 00:00:00"],
    ["of a time of day", '<c s="2"><v>0.520833333</v></c>', "12:30:00"],
    ["of a date in Chinese Excel's own format", '<c s="3"><v>45000</v></c>', "2023-03-15 00:00:00"],
    ["of a date in a format of the file", '<c s="4"><v>45000</v></c>', "2023-03-15 00:00:00"],
    ["of an ISO date", '<c t="d" s="1"><v>2026-11-29T10:00:00</v></c>', "2026-11-29T10:00:00"],
    ["of a number with a unit", '<c s="5"><v>45000.5</v></c>', "45000.5"],
    ["of a number with the zeros that are shown", '<c s="7"><v>91620</v></c>', "00091620"],
    ["of a number in shown groups", '<c s="8"><v>71234</v></c>', "007-1234"],
    ["of a percentage", '<c s="9"><v>0.415</v></c>', "41.5%"],
    ["of a percentage of Excel's own format", '<c s="10"><v>0.8</v></c>', "80%"],
    ["of a sum without its noise", "<c><v>59.970000000000006</v></c>", "59.97"],
    ["of a number that has lost digits", "<c><v>7712345678901235000</v></c>", "7.712345678901235E+18"],
    ["of a number of fifteen digits", "<c><v>771234567890123</v></c>", "771234567890123"],
    ["of a number with an escaped unit", '<c s="6"><v>7</v></c>', "7"],
  ])("%s", async (_name, cell, text) => expect(await read(cell)).toEqual([text]))

  test("is empty for an error, a missing text and an empty cell", async () => {
    expect(
      await read('<c t="e"><v>#N/A</v></c><c t="s"><v>99</v></c><c t="s"><v/></c><c/><c><v>9</v></c>'),
    ).toEqual(["", "", "", "", "9"])
  })

  test("is a date in the workbook's date system", async () => {
    const about = '<workbookPr date1904="1"/>'
    const row = '<row><c s="1"><v>43538</v></c><c s="2"><v>0.75</v></c></row>'
    expect(await rowsOf(packed(workbookParts([row], { styles, about })))).toEqual([
      { line: 1, cells: ["2023-03-15 00:00:00", "18:00:00"] },
    ])
  })
})

test("cells and rows without a reference come after the one before them", async () => {
  const rows = `<row><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row>
    <row r="9"><c r="AA9"><v>27</v></c></row><row><c><v>10</v></c></row>`
  expect(await rowsOf(packed(workbookParts([rows])))).toEqual([
    { line: 1, cells: ["1", "", "", "4", "5"] },
    { line: 9, cells: [...Array<string>(26).fill(""), "27"] },
    { line: 10, cells: ["10"] },
  ])
})

test("reads the first sheet with a row in the workbook's order, at any place in the archive", async () => {
  const parts = workbookParts(["", '<row r="1"><c/></row>', "<row><c><v>1</v></c></row>"])
  const { "xl/worksheets/sheet2.xml": third = "", ...rest } = parts
  const renamed = Object.entries(rest).map(([name, xml]) => [
    name,
    xml.replace("worksheets/sheet2.xml", "Tabelle.xml"),
  ])
  const archive = packed({ ...(Object.fromEntries(renamed) as typeof rest), "xl/TABELLE.xml": third })
  expect(await rowsOf(archive)).toEqual([{ line: 1, cells: ["1"] }])
})

describe("refuses a workbook", () => {
  const name = "xl/worksheets/sheet0.xml"
  const row = "<row><c><v>1</v></c></row>"
  const broken = { code: "invalid", message: expect.stringContaining("save it again") as string }

  test.each([
    ["that is no archive", Buffer.from("PK\u0003\u0004 and no more")],
    ["of which the end is missing", packed(workbookParts([row])).subarray(0, -40)],
    [
      "with a sheet that ends in a row",
      packed({ ...workbookParts([]), ...workbookParts([row]), [name]: "<sheetData><row>" }),
    ],
    [
      "with a part that unpacks to more than it says",
      sayingSize(packed(workbookParts([row.repeat(50_000)])), name, 1_000),
    ],
    [
      "with a part that unpacks to less than it says",
      sayingSize(packed(workbookParts([row])), "xl/sharedStrings.xml", 1_000),
    ],
    ["with elements nested without end", packed({ ...workbookParts([row]), [name]: "<a>".repeat(100_000) })],
    ["with a row beyond all rows", packed(workbookParts(['<row r="1048577"/>']))],
    ["with a cell beyond all columns", packed(workbookParts(['<row><c r="XFE1"><v>1</v></c></row>']))],
  ])("%s", async (_name, archive) => {
    await expect(rowsOf(archive)).rejects.toMatchObject(broken)
  })

  test.each([
    [name, 1_500_000_000, "1431 MiB of sheets, and 256 MiB at most"],
    [name, 256 * 1024 * 1024 + 1, "257 MiB of sheets, and 256 MiB at most"],
    ["xl/sharedStrings.xml", 200_000_000, "191 MiB of texts, and 64 MiB at most"],
    ["xl/styles.xml", 200_000_000, "191 MiB of styles and relations, and 16 MiB at most"],
    ["xl/_rels/workbook.xml.rels", 200_000_000, "191 MiB of styles and relations, and 16 MiB at most"],
  ])("whose part %s would unpack to %d bytes, before it is unpacked", async (part, bytes, said) => {
    await expect(rowsOf(sayingSize(packed(workbookParts([row])), part, bytes))).rejects.toMatchObject({
      code: "too_large",
      message: expect.stringContaining(said) as string,
    })
  })

  test("whose empty sheets together would unpack to more than all sheets may", async () => {
    const empty = `<!--${" ".repeat(1_000)}-->`
    const archive = packed(workbookParts([empty, empty, row]))
    const saying = sayingSize(archive, "xl/worksheets/sheet2.xml", 256 * 1024 * 1024 - 1_000)
    await expect(rowsOf(saying)).rejects.toMatchObject({ code: "too_large" })
  })

  test("with far more parts than a workbook has", async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`xl/media/${i}.png`, ""]))
    await expect(rowsOf(packed({ ...workbookParts([row]), ...many }))).rejects.toMatchObject({
      code: "too_large",
      message: expect.stringContaining("10006 parts, and 10,000 at most") as string,
    })
  })

  test("with a row that is longer than any row", async () => {
    const cell = `<c t="str"><v>${"4".repeat(30_000)}</v></c>`
    const rows = `<row>${cell.repeat(2)}</row><row>${cell.repeat(3)}</row>`
    await expect(rowsOf(packed(workbookParts([rows])))).rejects.toMatchObject({
      code: "too_large",
      message: expect.stringContaining("Row 2 is longer than 64 KiB") as string,
    })
  })

  test("without a sheet", async () => {
    await expect(rowsOf(packed(workbookParts([])))).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("no XLSX workbook with a sheet") as string,
    })
  })
})

test("a cell far to the right costs no more than any other", async () => {
  const wide = Array.from(
    { length: 3 },
    () => `<row><c r="A1" t="str"><v>x</v></c><c r="XFD1"><v>1</v></c></row>`,
  )
  const rows = await rowsOf(packed(workbookParts([wide.join("")])))
  expect(rows.map(({ cells }) => cells.length)).toEqual([1, 1, 1])
})
