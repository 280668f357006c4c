"use client"

import { Paper, Select, SimpleGrid, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { oneOf } from "@/lib/base/one-of"
import { targetsOf, type RecordFileKind, type Target } from "@/lib/intake/imports/mapping/targets"
import type { Preview } from "@/lib/intake/imports/runs/schemas"

const examplesShown = 3

type Props = {
  headers: string[]
  columns: Readonly<Record<string, Target>>
  kind: RecordFileKind
  rows: Preview["rows"]
  onAssign: (header: string, target: Target) => void
}

/** Each column of the file with some of its cells and its field. */
export function ColumnGrid({ headers, columns, kind, rows, onAssign }: Props) {
  const t = useTranslations("imports")
  const known: readonly Target[] = targetsOf[kind]
  const choices = known.map((value) => ({
    value,
    label: kind === "terminals" && value === "status" ? t("lifeCycle") : t(`targets.${value}`),
  }))
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="xs">
      {headers.map((header, i) => {
        const examples = [
          ...new Set(rows.map(({ cells }) => cells[i] ?? "").filter((cell) => cell !== "")),
        ].slice(0, examplesShown)
        const target = columns[header] ?? "ignore"
        return (
          <Paper key={header} withBorder p="xs" miw={0}>
            <Text size="sm" fw={600} truncate title={header}>
              {header}
            </Text>
            <Text size="xs" c="dimmed" truncate mb={6}>
              {examples.length > 0 ? examples.join(" · ") : t("emptyColumn")}
            </Text>
            <Select
              size="xs"
              searchable
              allowDeselect={false}
              data={choices}
              value={target}
              aria-label={t("columnIs", { header })}
              onChange={(value) => onAssign(header, oneOf(known, value) ?? "ignore")}
              variant={target === "ignore" ? "default" : "filled"}
            />
          </Paper>
        )
      })}
    </SimpleGrid>
  )
}
