import { createFormatter, createTranslator } from "next-intl"
import { expect, test } from "vitest"
import type { Column } from "@/components/tables/columns"
import { shownCsv } from "@/components/tables/shown-csv"

type Row = { name: string; state: string; rate: number | null }

const columns: Column<Row>[] = [
  { id: "name", value: ({ name }) => name },
  { id: "state", value: ({ state }) => state, text: ({ state }, { t }) => t(`states.${state}`) },
  { id: "rate", value: ({ rate }) => rate },
]
const messages = { states: { online: "在线" } }
const words = {
  t: createTranslator({ locale: "zh", messages }) as never,
  format: createFormatter({ locale: "zh" }),
}

test("exports the shown columns in the reader's language, without formulas", () => {
  const rows = [
    { name: 'A "1", east', state: "online", rate: 0.25 },
    { name: "=1+1", state: "online", rate: null },
  ]
  expect(shownCsv(columns, rows, (id) => `[${id}]`, words)).toBe(
    `\uFEFF[name],[state],[rate]\n"A ""1"", east",在线,0.25\n'=1+1,在线,\n`,
  )
  expect(shownCsv(columns.slice(0, 1), rows.slice(1), (id) => id, words)).toBe("\uFEFFname\n'=1+1\n")
})
