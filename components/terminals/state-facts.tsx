"use client"

import { Badge, SimpleGrid } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { BusinessFacts } from "@/components/terminals/business-facts"
import { Fact } from "@/components/terminals/fact"
import { TimeAgo } from "@/components/ui/time-ago"
import { useNetworkName } from "@/components/ui/use-network-name"
import { shownInterval } from "@/lib/fleet/terminals/interval"
import { clockDrift } from "@/lib/fleet/terminals/read/clock-drift"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

/** The terminal's newest measurements. A dash means not measured. */
export function StateFacts({ terminal }: { terminal: Terminal }) {
  const t = useTranslations("terminal")
  const tMeasure = useTranslations("measurements")
  const networkName = useNetworkName()
  const tCheck = useTranslations("checks")
  const tPrinter = useTranslations("printerStatuses")
  const tComponent = useTranslations("components")
  const tDrift = useTranslations("clockDrift")
  const format = useFormatter()
  const { measurements, checks, releases, lastBeatAt, lastSaleAt, learntIntervalSeconds } = terminal
  const drift = clockDrift(terminal.clockOffsetMs)
  const number = (value: number | null, unit: string) =>
    value === null ? "—" : `${format.number(value, { maximumFractionDigits: 1 })}${unit}`
  const check = (value: boolean | null) =>
    value === null ? (
      "—"
    ) : (
      <Badge size="sm" variant="light" color={value ? "teal" : "red"}>
        {value ? t("ok") : t("notOk")}
      </Badge>
    )
  const { networkType } = measurements
  const network = networkType === null ? null : networkName(networkType)
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 6 }} spacing="md">
      <Fact name={t("lastBeat")}>{lastBeatAt ? <TimeAgo at={lastBeatAt} /> : "—"}</Fact>
      <Fact name={t("lastSale")}>{lastSaleAt ? <TimeAgo at={lastSaleAt} /> : "—"}</Fact>
      <Fact name={t("interval")}>
        {learntIntervalSeconds === null ? "—" : t("every", shownInterval(learntIntervalSeconds))}
      </Fact>
      <Fact name={t("clock")}>
        {drift
          ? t("clockOff", { drift: tDrift(`${drift.direction}.${drift.unit}`, { value: drift.value }) })
          : terminal.isClockKnown
            ? t("clockRight")
            : "—"}
      </Fact>
      <Fact name={tMeasure("batteryPct")}>{number(measurements.batteryPct, "%")}</Fact>
      <Fact name={tMeasure("batteryHealthPct")}>{number(measurements.batteryHealthPct, "%")}</Fact>
      <Fact name={tMeasure("networkType")}>
        {[network, measurements.carrier].filter((word) => word !== null).join(" · ") || "—"}
      </Fact>
      <Fact name={tMeasure("signalAvgDbm")}>{number(measurements.signalDbm, " dBm")}</Fact>
      <Fact name={tMeasure("latencyAvgMs")}>{number(measurements.latencyMs, " ms")}</Fact>
      <Fact name={tMeasure("temperatureMaxC")}>{number(measurements.temperatureC, " °C")}</Fact>
      <Fact name={tMeasure("storageMaxPct")}>{number(measurements.storageUsedPct, "%")}</Fact>
      <Fact name={tMeasure("printerStatus")}>
        {measurements.printerStatus === null ? "—" : tPrinter(measurements.printerStatus)}
      </Fact>
      <Fact name={tCheck("pinpad")}>{check(checks.pinpad)}</Fact>
      <Fact name={tCheck("reader")}>{check(checks.reader)}</Fact>
      <Fact name={tCheck("security")}>{check(checks.security)}</Fact>
      <Fact name={tCheck("host")}>{check(checks.host)}</Fact>
      <Fact name={tCheck("tamper")}>{checks.tamper === null ? "—" : check(!checks.tamper)}</Fact>
      {(["app", "firmware", "os", "emvKernel", "securityPatch"] as const).map((component) => (
        <Fact key={component} name={tComponent(component)}>
          {releases[component] ?? "—"}
        </Fact>
      ))}
      <BusinessFacts {...terminal} />
    </SimpleGrid>
  )
}
