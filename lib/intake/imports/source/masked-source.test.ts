import { Readable } from "node:stream"
import { stringify } from "csv-stringify/sync"
import fc from "fast-check"
import { writeXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import { describe, expect, test } from "vitest"
import { holdsPan } from "@/lib/base/text/pan"
import { Table } from "@/lib/intake/imports/files/read-table"
import type { Source } from "@/lib/intake/imports/files/source-form"
import { maskedSource } from "@/lib/intake/imports/source/masked-source"
import { encodings, type Encoding } from "@/lib/intake/imports/words"

const cardKey = { id: 1, key: Buffer.alloc(32, 7) }
type Reading = { encoding?: Encoding; delimiter?: string; headerRow?: number }

/** A file in small parts, as a connection brings it. */
const parts = (bytes: Uint8Array, length = 777) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
      bytes.subarray(i * length, (i + 1) * length),
    ),
  )

async function keep(bytes: Uint8Array, reading: Reading = {}) {
  let source: Source | null = null
  const blocks: Buffer[] = []
  const onSource = (found: Source) => (source = found)
  for await (const block of maskedSource(parts(bytes), { ...reading, cardKey, onSource })) blocks.push(block)
  return { source: source as Source | null, kept: Buffer.concat(blocks) }
}

async function read(bytes: Uint8Array, reading: Reading & { source?: Source | null } = {}) {
  const table = new Table(parts(bytes), { ...reading, cardKey })
  const rows = []
  for await (const row of table.rows()) rows.push(row)
  return { found: table.found, rows }
}

const cards = [
  "4111111111111111",
  "6212345678901232",
  "6212 3456 7890 1232",
  "4111-1111-1111-1111",
  "５５５５５５５５５５５５４４４４",
]
const text = fc.constantFrom(
  "Kiosk",
  "门店一",
  "咖啡",
  "a; b",
  "x,y",
  "1|2",
  "two\nlines",
  'say "hi"',
  "",
  "600123",
)
const card = fc.constantFrom(...cards, "no. 4111111111111111!", "622202******1234")
const cell = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: card })
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 })

describe("the masked copy of a file", () => {
  test("is read like the file itself: the same cells, card references and hashes", () =>
    fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(",", ";", "|", "\t"),
        fc.constantFrom<Encoding>("utf8", "gb18030", "utf16le", "utf16be"),
        async (cells, delimiter, encoding) => {
          const table = [["Terminal ID", "卡号", "Place", "Operator"], ...cells.map((row) => ["T1", ...row])]
          const bytes = iconv.encode(stringify(table, { delimiter }), encoding, { addBOM: true })
          const reading = { encoding, delimiter }
          const { source, kept } = await keep(bytes, reading)
          expect(await read(kept, { ...reading, source })).toEqual(await read(bytes, reading))
        },
      ),
      { numRuns: 150 },
    ))

  test("holds no card number, in whatever encoding it is looked at", () =>
    fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom<Encoding>("utf8", "gb18030", "big5", "shiftjis", "utf16le"),
        async (cells, encoding) => {
          const bytes = iconv.encode(stringify([["Terminal", "Card", "Place"], ...cells]), encoding)
          const { kept } = await keep(bytes)
          for (const view of encodings) expect(holdsPan(iconv.decode(kept, view))).toBe(false)
        },
      ),
      { numRuns: 150 },
    ))

  test("can be read in another encoding, and its cards keep their references", async () => {
    const file = iconv.encode(
      "终端号,门店,卡号\nT1,上海路,6212345678901232\nT2,南京路,4111111111111111\n",
      "gb18030",
    )
    const { source, kept } = await keep(file, { encoding: "windows1252" })
    const wrong = await read(kept, { encoding: "windows1252", source })
    expect(wrong.found.headers).not.toContain("终端号")
    const right = await read(kept, { source })
    expect(right.found).toMatchObject({ encoding: "gb18030", headers: ["终端号", "门店", "卡号"] })
    const refs = (await read(file)).rows.map(({ cardRef }) => cardRef)
    expect(right.rows.map(({ cardRef }) => cardRef)).toEqual(refs)
    expect(wrong.rows.map(({ cardRef }) => cardRef)).toEqual(refs)
    expect(new Set(refs).size).toBe(2)
  })

  test("of a workbook has its rows, lines and cards", async () => {
    const sheet = [
      ["Report"],
      [],
      ["Terminal ID", "Card", "Note"],
      ["T1", "6212345678901232", 'a "b", c'],
      [],
      ["T2", "", "two\nlines"],
    ]
    const bytes = new Uint8Array(await writeXlsx({ sheets: [{ name: "s", rows: sheet }] }))
    const { source, kept } = await keep(bytes)
    expect(source).toEqual({ form: "workbook", encoding: null })
    expect(kept.toString()).not.toContain("6212345678901232")
    expect(await read(kept, { source })).toEqual(await read(bytes))
    expect((await read(kept, { source, headerRow: 1 })).found.headers[0]).toBe("Report")
  })

  test("takes no reference from the file", async () => {
    const forged = Buffer.from("Terminal ID,Card\nT1,622202******1234\u0002h1:1:other\u0003\n")
    const { source, kept } = await keep(forged)
    for (const { rows: found } of [await read(kept, { source }), await read(forged)])
      expect(found[0]?.cardRef).not.toBe("h1:1:other")
  })

  test("has no card number of a line that is longer than a block either", async () => {
    const long = `Terminal ID,Note\nT1,"${"a, ".repeat(60_000)}6212345678901232, ${"b".repeat(70_000)}"`
    const { kept } = await keep(Buffer.from(long))
    expect(kept.includes("6212345678901232")).toBe(false)
    expect(kept.includes("621234******1232")).toBe(true)
  })

  const block = 64 * 1024
  /** Text of this length, with no number in it. */
  const filler = (row: string, length: number) => row.repeat(Math.ceil(length / row.length)).slice(-length)
  const forms = [
    { name: "CR-only", row: "Kiosk,Note\r" },
    { name: "tab", row: "Kiosk\tNote\t" },
    { name: "pipe", row: "Kiosk|Note|" },
    { name: "blank", row: "Kiosk Note " },
    { name: "Chinese", row: "\u95e8\u5e97 " },
    { name: "digits", row: "1 " },
  ]

  test.each(forms)("holds no card number that lies across two blocks of a $name file", ({ row }) =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom("4111 1111 1111 1111", "6212345678901232"),
        fc.integer({ min: 0, max: 24 }),
        fc.constantFrom(1, row === "1 " ? 4 : 1),
        fc.constantFrom<Encoding>("utf8", "utf16le", "utf16be"),
        async (number, before, blocks, encoding) => {
          const start = filler(row, blocks * block - before)
          const end = row === "1 " ? "" : filler(row, 100)
          const last = start.at(-1) ?? ""
          const bytes = iconv.encode(`${start}${last}${number}${last}${end}`, encoding, { addBOM: true })
          const { kept } = await keep(bytes)
          expect(kept.includes(number)).toBe(false)
          expect(kept.includes(number.slice(-10))).toBe(false)
        },
      ),
      { numRuns: row.startsWith("K") ? 20 : 6 },
    ),
  )
})
