"use client"

import { Badge, ScrollArea, Table, Text } from "@mantine/core"
import { useFormatter, useLocale, useTranslations } from "next-intl"
import { CauseBadge } from "@/components/ui/badges"
import { amountOf, minorDigits } from "@/lib/fleet/acquirers/money"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { RecentRecords } from "@/lib/fleet/terminals/schemas"

const outcomeColor = {
  approved: "teal",
  declined: "orange",
  failed: "red",
  cancelled: "gray",
  reversed: "blue",
} as const

/** The newest sales as they came, newest first. */
export function RecentSales({ sales, timeZone }: { sales: RecentRecords["sales"]; timeZone: string }) {
  const t = useTranslations("records")
  const tEntry = useTranslations("entryModes")
  const locale = useLocale()
  const format = useFormatter()
  const amount = (minor: number | null, currency: string | null) =>
    minor === null
      ? "—"
      : currency === null
        ? format.number(amountOf(minor, ""), { minimumFractionDigits: minorDigits("") })
        : format.number(amountOf(minor, currency), {
            style: "currency",
            currency,
            minimumFractionDigits: minorDigits(currency),
          })
  return (
    <ScrollArea.Autosize mah={420} type="auto" offsetScrollbars="present" tabIndex={0}>
      <Table miw={720} stickyHeader verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("time")}</Table.Th>
            <Table.Th>{t("outcome")}</Table.Th>
            <Table.Th>{t("cause")}</Table.Th>
            <Table.Th>{t("code")}</Table.Th>
            <Table.Th>{t("entryMode")}</Table.Th>
            <Table.Th ta="right">{t("amount")}</Table.Th>
            <Table.Th>{t("operator")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sales.map((sale) => {
            const cause = causes.find((known) => known === sale.cause)
            return (
              <Table.Tr key={`${sale.at} ${sale.id}`}>
                <Table.Td>
                  {format.dateTime(new Date(sale.at), { dateStyle: "short", timeStyle: "medium", timeZone })}
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" color={outcomeColor[sale.outcome]}>
                    {t(`outcomes.${sale.outcome}`)}
                  </Badge>
                </Table.Td>
                <Table.Td>{cause ? <CauseBadge cause={cause} /> : null}</Table.Td>
                <Table.Td>
                  {sale.code}{" "}
                  <Text span size="xs" c="dimmed">
                    {sale.cause === null
                      ? null
                      : locale === "zh"
                        ? sale.meaningZh || sale.meaningEn
                        : sale.meaningEn}
                  </Text>
                </Table.Td>
                <Table.Td>{sale.entryMode ? tEntry(sale.entryMode) : "—"}</Table.Td>
                <Table.Td ta="right">{amount(sale.amountMinor, sale.currency)}</Table.Td>
                <Table.Td>{sale.operator ?? "—"}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}

/** The newest heartbeats as they came, newest first. */
export function RecentBeats({ beats, timeZone }: { beats: RecentRecords["beats"]; timeZone: string }) {
  const t = useTranslations("records")
  const tMeasure = useTranslations("measurements")
  const tPrinter = useTranslations("printerStatuses")
  const tTerminal = useTranslations("terminal")
  const format = useFormatter()
  const number = (value: number | null, unit: string) =>
    value === null ? "—" : `${format.number(value, { maximumFractionDigits: 0 })} ${unit}`
  return (
    <ScrollArea.Autosize mah={420} type="auto" offsetScrollbars="present" tabIndex={0}>
      <Table miw={640} stickyHeader verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("time")}</Table.Th>
            <Table.Th>{tMeasure("batteryPct")}</Table.Th>
            <Table.Th>{tMeasure("signalAvgDbm")}</Table.Th>
            <Table.Th>{tMeasure("networkType")}</Table.Th>
            <Table.Th>{tMeasure("printerStatus")}</Table.Th>
            <Table.Th>{t("app")}</Table.Th>
            <Table.Th>{t("selfCheck")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {beats.map((beat) => (
            <Table.Tr key={beat.at}>
              <Table.Td>
                {format.dateTime(new Date(beat.at), { dateStyle: "short", timeStyle: "medium", timeZone })}
              </Table.Td>
              <Table.Td>{number(beat.batteryPct, "%")}</Table.Td>
              <Table.Td>{number(beat.signalDbm, "dBm")}</Table.Td>
              <Table.Td>{beat.networkType ?? "—"}</Table.Td>
              <Table.Td>{beat.printerStatus ? tPrinter(beat.printerStatus) : "—"}</Table.Td>
              <Table.Td>{beat.app ?? "—"}</Table.Td>
              <Table.Td>
                {beat.checksOk === null ? (
                  "—"
                ) : (
                  <Badge size="sm" variant="light" color={beat.checksOk ? "teal" : "red"}>
                    {beat.checksOk ? tTerminal("ok") : tTerminal("notOk")}
                  </Badge>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
