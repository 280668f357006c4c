"use client"

import { Box, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { RefusalText } from "@/components/imports/refusal-text"
import { SimpleTable } from "@/components/tables/simple-table"
import { amountOf, minorDigits } from "@/lib/fleet/acquirers/money"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import {
  heartbeatTargets,
  targets,
  terminalTargets,
  transactionTargets,
  type RecordFileKind,
  type Target,
} from "@/lib/intake/imports/mapping/targets"
import type { Preview } from "@/lib/intake/imports/runs/schemas"
import { outcomes } from "@/lib/intake/transactions/schemas"

const order: readonly string[] = [
  "terminal",
  "at",
  "outcome",
  "code",
  "amountMinor",
  "currency",
  "id",
  "cardRef",
  "issuerBin",
  ...transactionTargets,
  ...heartbeatTargets,
]

const longestText = 40

type CellError = NonNullable<Preview["rows"][number]["error"]>
type Props = { rows: Preview["rows"]; isStale: boolean; isComplete: boolean; kind: RecordFileKind }

/** The fields of the rows, in the order of the targets. */
function fieldsOf(rows: Props["rows"], kind: RecordFileKind): string[] {
  const place = placeIn(kind === "terminals" ? terminalTargets : order)
  const fields = new Set(rows.flatMap(({ record }) => Object.keys(record ?? {})))
  return [...fields].toSorted((a, b) => place(a) - place(b))
}

/** The first rows as records, or the reason why a row is rejected. */
export function PreviewTable({ rows, isStale, isComplete, kind }: Props) {
  const t = useTranslations("imports")
  const format = useFormatter()
  const tStatus = useTranslations("terminalStatuses")
  const comma = useTranslations("common")("comma")
  if (!isComplete)
    return (
      <Text size="sm" c="dimmed">
        {kind === "terminals" ? t("previewWaitsSerial") : t("previewWaits")}
      </Text>
    )
  const fields = fieldsOf(rows, kind)
  const named = (field: string) => targets.find((target): target is Target => target === field)
  const label = (field: string) => {
    if (kind === "terminals" && field === "status") return t("lifeCycle")
    const target = named(field === "amountMinor" ? "amount" : field)
    return target ? t(`targets.${target}`) : t("otherField", { field })
  }
  const cell = (field: string, value: unknown, currency: unknown): string => {
    if (value === undefined) return ""
    const outcome = field === "outcome" ? outcomes.find((known) => known === value) : undefined
    if (outcome) return t(`outcomes.${outcome}`)
    const status = field === "status" ? terminalStatuses.find((known) => known === value) : undefined
    if (status) return tStatus(status)
    if (field === "openingHours") return JSON.stringify(value)
    if (Array.isArray(value)) return value.join(comma)
    if (field === "amountMinor" && typeof value === "number")
      return format.number(amountOf(value, String(currency)), {
        minimumFractionDigits: minorDigits(String(currency)),
      })
    if (field === "at") return String(value).replace("T", " ").replace(".000", " ")
    return field === "cardRef" ? `…${String(value).slice(-6)}` : String(value)
  }
  const reason = ({ field, message, problem, text }: CellError): string => {
    const named = field === null ? "" : label(field)
    if (problem === null)
      return field === null ? t("rowOther", { message }) : t("rowField", { field: named, message })
    if (field === null) return t("rowOther", { message: t(`problems.${problem}`) })
    return text === null || text === ""
      ? t("rowProblem", { field: named, problem: t(`problems.${problem}`) })
      : t("cellProblem", {
          field: named,
          text: text.slice(0, longestText),
          problem: t(`problems.${problem}`),
        })
  }

  return (
    <Box style={{ whiteSpace: "nowrap" }}>
      <SimpleTable
        isMatrix
        striped
        withRowBorders={false}
        fz="xs"
        opacity={isStale ? 0.5 : 1}
        head={[{ key: "line", title: t("line") }, ...fields.map((key) => ({ key, title: label(key) }))]}
        rows={rows.map(({ line, record, error }) => ({
          key: String(line),
          isBad: !record,
          cells: [
            <Text span inherit c="dimmed" key="line">
              {line}
            </Text>,
            ...(record
              ? fields.map((field) => cell(field, record[field], record["currency"]))
              : [
                  error?.refusal ? (
                    <RefusalText key="error" refusal={error.refusal} />
                  ) : error ? (
                    reason(error)
                  ) : (
                    t("rowRefused")
                  ),
                ]),
          ],
        }))}
      />
    </Box>
  )
}

const placeIn =
  (fields: readonly string[]) =>
  (field: string): number =>
    fields.includes(field) ? fields.indexOf(field) : fields.length
