"use client"

import { Table, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { heartbeatTargets, targets, transactionTargets, type Target } from "@/lib/imports/targets"
import type { Preview } from "@/lib/imports/schemas"

const order: readonly string[] = ["terminal", "at", "outcome", "code", "amountMinor", "currency", "id", "cardRef", "issuerBin", ...transactionTargets, ...heartbeatTargets]

type Props = { rows: Preview["rows"]; isStale: boolean; isComplete: boolean }

/** The first rows as the records that they become, or the reason why one becomes none. */
export function PreviewTable({ rows, isStale, isComplete }: Props) {
  const t = useTranslations("imports")
  if (!isComplete) return <Text size="sm" c="dimmed">{t("previewWaits")}</Text>
  const fields = [...new Set(rows.flatMap(({ record }) => Object.keys(record ?? {})))].toSorted((a, b) => place(a) - place(b))
  const named = (field: string) => targets.find((target): target is Target => target === field)
  const label = (field: string) => {
    const target = named(field)
    return target ? t(`targets.${target}`) : t("otherField", { field })
  }
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table striped withRowBorders={false} fz="xs" opacity={isStale ? 0.5 : 1} style={{ whiteSpace: "nowrap" }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("line")}</Table.Th>
            {fields.map((field) => <Table.Th key={field}>{label(field)}</Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ line, record, error }) => (
            <Table.Tr key={line}>
              <Table.Td c="dimmed">{line}</Table.Td>
              {record ? fields.map((field) => <Table.Td key={field}>{shown(record[field])}</Table.Td>) : (
                <Table.Td colSpan={Math.max(1, fields.length)}>
                  <Text size="xs" c="red" span>{error?.field ? t("rowProblem", { field: label(error.field) }) : t("rowRefused")}</Text>{" "}
                  <Text size="xs" c="dimmed" span>{error?.message}</Text>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const place = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length)

const longestShown = 24
const shown = (value: unknown): string => {
  const text = value === undefined ? "" : String(value)
  return text.length > longestShown && !text.includes("T") ? `${text.slice(0, longestShown)}…` : text
}
