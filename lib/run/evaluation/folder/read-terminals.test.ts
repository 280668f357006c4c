import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { terminalsOf } from "@/lib/run/evaluation/folder/read-terminals"

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "terminals-"))))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (text: string) => {
  writeFileSync(join(folder, "terminals.csv"), text)
  return terminalsOf(folder, { zone: "Asia/Shanghai" }).first
}

test("a table may come from a spreadsheet, with some columns and cells left out", () => {
  const text = '\uFEFF Serial ,MODEL,open,close\r\n\r\n 001 ,"N7, blue",8:00,22:00:00\r\nA2\r\n\r\n'
  expect(read(text)).toMatchObject([
    {
      serial: "001",
      model: "N7, blue",
      timeZone: "Asia/Shanghai",
      openingHours: { mon: [["08:00", "22:00"]] },
    },
    { serial: "A2" },
  ])
})

test.each([
  ["serial;model\nA1;N7\n", 'no column "serial"'],
  ["serial\n", "no terminal"],
  ["serial,zone\nA1,Mars\n", "line 2, zone: no zone"],
  ["serial,open,close\nA1,8,22\n", "line 2, open: no time such as 9:30"],
  ["serial,model\nA1,N7,ST-1\n", "got 3 on line 2"],
])("a mistake is told with its place: %j", (text, message) => {
  expect(() => read(text)).toThrow(message)
})
