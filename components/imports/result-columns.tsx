"use client"

import { Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { RefusalText, refusalWith } from "@/components/imports/refusal-text"
import { terminalFields, useTerminalFields } from "@/components/imports/use-terminal-fields"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import type { RowResult } from "@/lib/intake/imports/runs/schemas"

type Cell = { row: RowResult }

/** The value before, unless the terminal is new. */
const beforeOf = ({ outcome }: RowResult, from: string | null) => (outcome === "created" ? null : from)

const Line = ({ row }: Cell) => (
  <Text span inherit c="dimmed">
    {row.line}
  </Text>
)
const Serial = ({ row }: Cell) => (
  <Text span inherit style={{ whiteSpace: "nowrap" }}>
    {row.serial}
  </Text>
)
const What = ({ row }: Cell) => {
  const { outcome, changes, refusal } = row
  const t = useTranslations("importResults")
  const { nameOf, valueOf } = useTerminalFields()
  if (refusal)
    return (
      <Text span inherit c={outcome === "refused" ? "red" : "orange"}>
        <RefusalText refusal={refusal} />
      </Text>
    )
  if (changes.length === 0) return t("nothing")
  return changes.map(({ field, from, to }) => {
    const before = beforeOf(row, from)
    return (
      <Text span inherit key={field} mr="sm" style={{ display: "inline-block" }}>
        <Text span inherit c="dimmed">
          {t("field", { field: nameOf(field) })}{" "}
        </Text>
        {before === null ? null : (
          <>
            <Text span inherit td="line-through" c="dimmed">
              {valueOf(field, before)}
            </Text>{" "}
            →{" "}
          </>
        )}
        {to === null ? t("empty") : valueOf(field, to)}
      </Text>
    )
  })
}

/** The same as `What`, as one text. */
function whatText(row: RowResult, { t }: ReaderFormat): string {
  const { nameOf, valueOf } = terminalFields(t)
  if (row.refusal) return refusalWith(row.refusal, t)
  if (row.changes.length === 0) return t("importResults.nothing")
  return row.changes
    .map(({ field, from, to }) => {
      const before = beforeOf(row, from)
      const after = to === null ? t("importResults.empty") : valueOf(field, to)
      const name = t("importResults.field", { field: nameOf(field) })
      return before === null ? `${name} ${after}` : `${name} ${valueOf(field, before)} → ${after}`
    })
    .join(t("common.semicolon"))
}

/** The API lists results in the order of the file. */
export const resultColumns: Column<RowResult>[] = [
  { id: "line", value: ({ line }) => line, cell: Line, isSortable: false },
  { id: "serial", value: ({ serial }) => serial, cell: Serial, isSortable: false },
  { id: "what", value: ({ changes }) => changes.length, text: whatText, cell: What, isSortable: false },
]
