import ExcelJS from "exceljs"
import { expect, test } from "vitest"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { workbookRows } from "@/lib/intake/imports/files/workbook-rows"

const rows = Array.from({ length: 4_000 }, (_, i) => [
  `SN${i}`,
  `门店${i}`,
  `${"区".repeat(i % 7)}😀路${i}号`,
])

async function givenWorkbook({ useSharedStrings }: { useSharedStrings: boolean }): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet("门店")
  sheet.addRows([["设备清单"], [], ...rows])
  return Buffer.from(await workbook.xlsx.writeBuffer({ useSharedStrings }))
}

test.each([{ useSharedStrings: true }, { useSharedStrings: false }])(
  "a workbook is read to the letter, wherever its parts end, each row with its number (%o)",
  async (how) => {
    const read: FileRow[] = []
    for await (const row of workbookRows(await givenWorkbook(how))) read.push(row)
    expect(read[0]).toEqual({ line: 1, cells: ["设备清单"] })
    expect(read.slice(1)).toEqual(rows.map((cells, i) => ({ line: i + 3, cells })))
  },
)
