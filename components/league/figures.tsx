"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { intervalText, percentText } from "@/components/ui/percent"
import type { LeagueRow } from "@/lib/outlook/league/schemas"

// Each figure with its counts below it.

export function DeviceFailures({
  rate,
  interval,
  deviceFailures,
  attempts,
}: Pick<LeagueRow, "rate" | "interval" | "deviceFailures" | "attempts">) {
  const format = useFormatter()
  if (rate === null || interval === null) return "—"
  return (
    <>
      <Text span display="block" size="sm">
        {percentText(format, rate, 2)}{" "}
        <Text span size="xs" style={{ whiteSpace: "nowrap" }}>
          ({intervalText(format, interval)})
        </Text>
      </Text>
      <Text span display="block" size="xs" c="dimmed">
        {format.number(deviceFailures)} / {format.number(attempts)}
      </Text>
    </>
  )
}

export function OpenHoursShare({ share, upHours, openHours }: LeagueRow["availability"]) {
  const t = useTranslations("catalogue")
  const format = useFormatter()
  if (share === null) return "—"
  return (
    <>
      <Text span display="block" size="sm">
        {percentText(format, share, 2)}
      </Text>
      <Text span display="block" size="xs" c="dimmed">
        {t("hoursOf", { up: upHours, open: openHours })}
      </Text>
    </>
  )
}

export function FlagRate({
  flagsPerTerminalYear,
  flagsOpened,
  terminalYears,
}: Pick<LeagueRow, "flagsPerTerminalYear" | "flagsOpened" | "terminalYears">) {
  const t = useTranslations("catalogue")
  const format = useFormatter()
  if (flagsPerTerminalYear === null) return "—"
  return (
    <>
      <Text span display="block" size="sm">
        {format.number(flagsPerTerminalYear, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}
      </Text>
      <Text span display="block" size="xs" c="dimmed">
        {t("flagsIn", {
          flags: flagsOpened,
          years: format.number(terminalYears, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
        })}
      </Text>
    </>
  )
}
