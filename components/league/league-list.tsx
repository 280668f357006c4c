"use client"

import { Badge, Box, Group, Paper, Stack, Table, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Fee, Money } from "@/components/acquirers/terms"
import { EntryTable } from "@/components/catalogue/entry-table"
import { DeviceFailures, FlagRate, OpenHoursShare } from "@/components/league/figures"
import type { LeagueRow, LeagueTable } from "@/lib/outlook/league/schemas"
import type { LeagueGrouping } from "@/lib/outlook/league/words"

type Column = {
  name:
    | "terminals"
    | "deviceFailureRate"
    | "availability"
    | "flagsPerTerminalYear"
    | "feePercent"
    | "terminalPriceMinor"
    | "depositMinor"
    | "warrantyMonths"
    | "manufacturer"
  cell: (row: LeagueRow) => ReactNode
}

const stability: Column[] = [
  { name: "terminals", cell: (row) => row.terminals },
  { name: "deviceFailureRate", cell: (row) => <DeviceFailures {...row} /> },
  { name: "availability", cell: (row) => <OpenHoursShare {...row.availability} /> },
  { name: "flagsPerTerminalYear", cell: (row) => <FlagRate {...row} /> },
]
const warranty: Column = { name: "warrantyMonths", cell: ({ terms }) => terms.warrantyMonths ?? "—" }

const terms: Record<LeagueGrouping, Column[]> = {
  acquirer: [
    {
      name: "feePercent",
      cell: ({ terms: { feePercent, feeNote } }) => <Fee percent={feePercent} note={feeNote} />,
    },
    {
      name: "terminalPriceMinor",
      cell: ({ terms: { terminalPriceMinor, currency } }) => (
        <Money minor={terminalPriceMinor} currency={currency} />
      ),
    },
    {
      name: "depositMinor",
      cell: ({ terms: { depositMinor, currency } }) => <Money minor={depositMinor} currency={currency} />,
    },
  ],
  supplier: [warranty],
  model: [{ name: "manufacturer", cell: (row) => row.terms.manufacturer ?? "—" }, warranty],
}

const greyed = ({ isComparable }: LeagueRow) => (isComparable ? {} : { c: "dimmed" })

/** The league table, or cards on narrow screens. Groups with too little data are grey at the end. */
export function LeagueList({ table: { by, data, leftOut } }: { table: LeagueTable }) {
  const t = useTranslations("catalogue")
  const columns = [...stability, ...terms[by]]
  const name = (row: LeagueRow) => (
    <Group gap={6}>
      <Text span size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
        {row.name}
      </Text>
      {row.isComparable ? null : (
        <Badge variant="light" color="gray">
          {t("tooFew")}
        </Badge>
      )}
    </Group>
  )
  return (
    <>
      <Box visibleFrom="md">
        <EntryTable
          label={t("league")}
          head={[t(`groupings.${by}`), ...columns.map((column) => t(column.name))]}
          minWidth={860}
        >
          {data.map((row) => (
            <Table.Tr key={row.id} {...greyed(row)}>
              <Table.Td>{name(row)}</Table.Td>
              {columns.map((column) => (
                <Table.Td key={column.name}>{column.cell(row)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </EntryTable>
      </Box>
      <Stack gap="xs" hiddenFrom="md">
        {data.map((row) => (
          <Paper key={row.id} component="article" withBorder p="sm" aria-label={row.name} {...greyed(row)}>
            {name(row)}
            <Stack component="dl" gap={6} mt="xs" mb={0}>
              {columns.map((column) => (
                <Group key={column.name} justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
                  <Text component="dt" size="xs" c="dimmed">
                    {t(column.name)}
                  </Text>
                  <Text component="dd" size="sm" ta="right" m={0}>
                    {column.cell(row)}
                  </Text>
                </Group>
              ))}
            </Stack>
          </Paper>
        ))}
      </Stack>
      {leftOut > 0 ? (
        <Text size="sm" c="dimmed">
          {t("leagueLeftOut", { shown: data.length, leftOut })}
        </Text>
      ) : null}
    </>
  )
}
