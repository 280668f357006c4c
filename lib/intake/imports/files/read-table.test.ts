import { Readable } from "node:stream"
import { stringify } from "csv-stringify/sync"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { cleanCell } from "@/lib/intake/imports/files/clean-cell"
import type { KeptRow } from "@/lib/intake/imports/files/file-row"
import { Table } from "@/lib/intake/imports/files/read-table"

const cardKey = { id: 1, key: Buffer.alloc(32, 7) }

async function read(text: string, options: { headerRow?: number; delimiter?: string } = {}) {
  const table = new Table(Readable.from([Buffer.from(text)]), { cardKey, ...options })
  const rows: KeptRow[] = []
  for await (const row of table.rows()) rows.push(row)
  return { ...table.found, rows }
}

const cellsOf = ({ rows }: { rows: KeptRow[] }) => rows.map(({ cells }) => cells)

const cell = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8}(?:[,;|] [a-z]{1,5}){0,3}$/),
  fc.stringMatching(/^\d{1,4},\d{2}$/),
  fc.constantFrom("", 'a "quoted" word', "two\nlines", "Hall 3, row 4; seat 5"),
)

describe("a file of text", () => {
  test("splits into the written cells, with any cell text and title rows", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(",", ";", "\t", "|"),
        fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 0, max: 40 }),
        async (delimiter, rows, titles) => {
          const named = rows.map((cells, i) => [`T${i}`, ...cells])
          const body = stringify(
            [["Terminal ID", "Transaction time", "Amount", "Status", "Place"], ...named],
            {
              delimiter,
            },
          )
          const found = await read(`${"Report of November\n".repeat(titles)}${body}`)
          expect(found).toMatchObject({ delimiter, headerRow: titles + 1 })
          expect(cellsOf(found)).toEqual(named)
        },
      ),
      { numRuns: 60 },
    ))

  test("keeps all cells of rows with more or fewer cells than columns", async () => {
    const { rows } = await read("Terminal ID,Amount,Operator\nT1,1.00,7\nT1,1,00,7\nT1\nT1,1.00,7,,\n")
    expect(rows.map(({ cellCount }) => cellCount)).toEqual([undefined, 4, 1, undefined])
    expect(rows[1]?.cells).toEqual(["T1", "1", "00", "7"])
  })

  test("may have rows that end before columns without names", async () => {
    const { rows } = await read("Terminal ID,Amount,\nT1,1.00\nT1,1.00,\nT1,1.00,note\n")
    expect(rows.map(({ cellCount }) => cellCount)).toEqual([undefined, undefined, undefined])
  })

  test("without a header keeps its first row", async () => {
    const found = await read("7001|1|900|20261128110000|T1|00\n7002|1|800|20261128110100|T1|00\n")
    expect(found).toMatchObject({ headerRow: null, headers: [1, 2, 3, 4, 5, 6].map((i) => `column ${i}`) })
    expect(found.rows).toHaveLength(2)
  })

  test("without a header keeps the usual number of columns, and rows with another number", async () => {
    const { headers, rows } = await read(
      "7001,1,900\n7002,1,800\n7006,1,600\n7003,1,8,00\n7004,1\n7005,1,700,\n",
    )
    expect(headers).toHaveLength(3)
    expect(rows.map(({ cellCount }) => cellCount)).toEqual([undefined, undefined, undefined, 4, 2, undefined])
  })

  test("has its header in the chosen row", async () => {
    const text = "a,b\n1,2\nc,d\n3,4\n"
    expect(await read(text, { headerRow: 3 })).toMatchObject({ headerRow: 3, headers: ["c", "d"] })
    expect(await read(text, { headerRow: 0 })).toMatchObject({
      headerRow: null,
      headers: ["column 1", "column 2"],
    })
    await expect(read(text, { headerRow: 9 })).rejects.toThrow("Row 9")
  })

  test.each([
    ["<html><body><table><tr><td>终端号</td></tr></table>", "web page"],
    ["\n<table><tr><th>a</th></tr></table>", "web page"],
    ['<?xml version="1.0"?><Workbook/>', "XML"],
    ['{"terminal": "T1"}\n', "JSON"],
    ['[{"terminal": "T1"}]\n', "JSON"],
    ["%PDF-1.7\n", "PDF"],
    ["\u001F\u008Babc", "gzip"],
    ["TERMINAL   TIME      CODE\nT1         1100      00\nT2         1101      51\n", "fixed widths"],
  ])("is refused as not a table: %j", async (text, word) => {
    const bytes = Buffer.from(text, "latin1")
    const body = /[^\0-\xFF]/.test(text) ? Buffer.from(text) : bytes
    const table = new Table(Readable.from([body]), { cardKey })
    await expect(table.rows().next()).rejects.toThrow(word)
  })

  test("can have one column", async () =>
    expect(cellsOf(await read("serial\nSN 1\nSN 2\n"))).toEqual([["SN 1"], ["SN 2"]]))
  test("with an unclosed quote is refused with that reason", async () =>
    await expect(read('Terminal ID,Amount\n"T1,1.00\nT2,2.00\n')).rejects.toThrow("never closed"))
  test("keeps a text after a closing quote", async () =>
    expect(cellsOf(await read('Terminal ID,Place\nT1,"Kiosk" main\n"T2" ,"a"\n'))).toEqual([
      ["T1", '"Kiosk" main'],
      ["T2", "a"],
    ]))
})

describe("a cell", () => {
  test.each([
    ['="00"', "00"],
    ['="a ""b"""', 'a "b"'],
    ["\u001F0091620", "0091620"],
    ["\uFEFFT1\u200B", "T1"],
    [" \u00A0T1\t", "T1"],
    ["two\nlines", "two\nlines"],
    ['say "hi"', 'say "hi"'],
    ["👩‍💻", "👩‍💻"],
  ])("%j is %j", (text, clean) => expect(cleanCell(text)).toBe(clean))

  test("keeps its digits with any marks around them", () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{1,12}$/),
        fc.array(fc.constantFrom("\u0000", "\u001F", "\u200B", "\uFEFF", "\u202A", " ", "\t"), {
          maxLength: 3,
        }),
        fc.boolean(),
        (digits, marks, isFormula) => {
          expect(cleanCell(marks.join("") + (isFormula ? `="${digits}"` : digits) + marks.join(""))).toBe(
            digits,
          )
        },
      ),
    ))
})
