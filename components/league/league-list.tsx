"use client"

import { Badge, Group, Table, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { Fee, Money } from "@/components/acquirers/terms"
import { EntryTable } from "@/components/catalogue/entry-table"
import type { LeagueRow, LeagueTable } from "@/lib/league/schemas"

/** The table, the most stable first; what says too little of itself stands greyed at its end. */
export function LeagueList({ table: { by, data } }: { table: LeagueTable }) {
  const t = useTranslations("catalogue")
  const terms = { acquirer: [t("feePercent"), t("terminalPriceMinor"), t("depositMinor")], supplier: [t("warrantyMonths")], model: [t("manufacturer"), t("warrantyMonths")] }[by]
  return (
    <EntryTable label={t("league")} head={[t(`groupings.${by}`), t("terminals"), t("deviceFailureRate"), t("availability"), t("flagsPerTerminalYear"), ...terms]} minWidth={860}>
      {data.map((row) => (
        <Table.Tr key={row.id} {...(row.isComparable ? {} : { c: "dimmed" })}>
          <Table.Td><Group gap={6}>{row.name}{row.isComparable ? null : <Badge variant="light" color="gray">{t("tooFew")}</Badge>}</Group></Table.Td>
          <Table.Td>{row.terminals}</Table.Td>
          <Table.Td><FailureRate row={row} /></Table.Td>
          <Table.Td><Share {...row.availability} /></Table.Td>
          <Table.Td><Flags row={row} /></Table.Td>
          {by === "acquirer" ? (
            <>
              <Table.Td><Fee percent={row.terms.feePercent} note={row.terms.feeNote} /></Table.Td>
              <Table.Td><Money minor={row.terms.terminalPriceMinor} currency={row.terms.currency} /></Table.Td>
              <Table.Td><Money minor={row.terms.depositMinor} currency={row.terms.currency} /></Table.Td>
            </>
          ) : (
            <>
              {by === "model" ? <Table.Td>{row.terms.manufacturer ?? "—"}</Table.Td> : null}
              <Table.Td>{row.terms.warrantyMonths ?? "—"}</Table.Td>
            </>
          )}
        </Table.Tr>
      ))}
    </EntryTable>
  )
}

function FailureRate({ row: { rate, interval, deviceFailures, attempts } }: { row: LeagueRow }) {
  const format = useFormatter()
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 2 })
  if (rate === null || interval === null) return "—"
  return (
    <>
      <Text size="sm">{percent(rate)} <Text span size="xs">({percent(interval[0])} – {percent(interval[1])})</Text></Text>
      <Text size="xs" c="dimmed">{format.number(deviceFailures)} / {format.number(attempts)}</Text>
    </>
  )
}

function Share({ share, upHours, openHours }: LeagueRow["availability"]) {
  const t = useTranslations("catalogue")
  const format = useFormatter()
  if (share === null) return "—"
  return (
    <>
      <Text size="sm">{format.number(share, { style: "percent", maximumFractionDigits: 1 })}</Text>
      <Text size="xs" c="dimmed">{t("hoursOf", { up: upHours, open: openHours })}</Text>
    </>
  )
}

function Flags({ row: { flagsPerTerminalYear, flagsOpened, terminalYears } }: { row: LeagueRow }) {
  const t = useTranslations("catalogue")
  const format = useFormatter()
  if (flagsPerTerminalYear === null) return "—"
  return (
    <>
      <Text size="sm">{format.number(flagsPerTerminalYear, { maximumFractionDigits: 2 })}</Text>
      <Text size="xs" c="dimmed">{t("flagsIn", { flags: flagsOpened, years: format.number(terminalYears, { maximumFractionDigits: 1 }) })}</Text>
    </>
  )
}
