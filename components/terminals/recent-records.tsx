"use client"

import { Badge, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { Meaning } from "@/components/code-tables/code-meaning"
import { SimpleTable } from "@/components/tables/simple-table"
import { amountText } from "@/components/ui/amount"
import { CauseBadge } from "@/components/ui/badges"
import { percentText } from "@/components/ui/percent"
import { useNetworkName } from "@/components/ui/use-network-name"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { RecentRecords } from "@/lib/fleet/terminals/record-schemas"
import { evidenceCodes, numbersOf } from "@/lib/insight/verdicts/words"

const outcomeColor = {
  approved: "teal",
  declined: "orange",
  failed: "red",
  cancelled: "gray",
  reversed: "blue",
} as const

const Moment = ({ at }: { at: string }) => (
  <Text span size="sm" style={{ whiteSpace: "nowrap" }}>
    {useFormatter().dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium" })}
  </Text>
)

/** The newest sales as sent. */
export function RecentSales({ sales }: { sales: RecentRecords["sales"] }) {
  const t = useTranslations("records")
  const tEntry = useTranslations("entryModes")
  const format = useFormatter()
  const head = [
    { key: "time" },
    { key: "outcome" },
    { key: "cause" },
    { key: "code" },
    { key: "verdict" },
    { key: "entryMode", width: 110 },
    { key: "amount", align: "right" },
    { key: "operator" },
  ] as const
  return (
    <SimpleTable
      maxHeight={420}
      minWidth={960}
      head={head.map((column) => ({ ...column, title: t(column.key) }))}
      rows={sales.map((sale) => ({
        key: `${sale.at} ${sale.id}`,
        cells: [
          <Moment key="time" at={sale.at} />,
          <Badge key="outcome" variant="light" color={outcomeColor[sale.outcome]}>
            {t(`outcomes.${sale.outcome}`)}
          </Badge>,
          <Cause key="cause" sale={sale} />,
          <Code key="code" sale={sale} />,
          <Verdict key="verdict" verdict={sale.verdict} />,
          sale.entryMode ? tEntry(sale.entryMode) : "—",
          sale.amountMinor === null ? "—" : amountText(format, sale.amountMinor, sale.currency),
          sale.operator ?? "—",
        ],
      }))}
    />
  )
}

type Sale = RecentRecords["sales"][number]

function Cause({ sale }: { sale: Sale }) {
  const cause = causes.find((known) => known === sale.cause)
  return cause ? <CauseBadge cause={cause} /> : null
}

/** The response code, with its cause if the sale failed. */
function Code({ sale: { code, cause, meaningEn, meaningZh } }: { sale: Sale }) {
  return (
    <>
      {code}{" "}
      <Text span size="xs" c="dimmed">
        {cause === null ? null : <Meaning en={meaningEn} zh={meaningZh} />}
      </Text>
    </>
  )
}

const mostEvidence = 3

/** What a failed sale was due to, and what speaks for it. */
function Verdict({ verdict }: { verdict: Sale["verdict"] }) {
  const t = useTranslations("verdicts")
  const format = useFormatter()
  if (!verdict) return null
  const sentences = verdict.evidence.flatMap((one) => {
    const code = evidenceCodes.find((known) => known === one.code)
    return code ? [{ code, text: t(`evidence.${code}`, numbersOf(one)) }] : []
  })
  return (
    <>
      <CauseBadge cause={verdict.cause} />{" "}
      {verdict.cause === "unknown" ? null : (
        <Text span size="xs" c="dimmed">
          {t("sure", { percent: percentText(format, verdict.share, 0) })}
        </Text>
      )}
      {sentences.slice(0, mostEvidence).map(({ code, text }) => (
        <Text key={code} size="xs" c="dimmed">
          {text}
        </Text>
      ))}
    </>
  )
}

/** The newest heartbeats as sent. */
export function RecentBeats({ beats }: { beats: RecentRecords["beats"] }) {
  const t = useTranslations("records")
  const tMeasure = useTranslations("measurements")
  const tPrinter = useTranslations("printerStatuses")
  const networkName = useNetworkName()
  const tTerminal = useTranslations("terminal")
  const format = useFormatter()
  const number = (value: number | null, unit: string) =>
    value === null ? "—" : `${format.number(value, { maximumFractionDigits: 0 })}${unit}`
  return (
    <SimpleTable
      maxHeight={420}
      minWidth={640}
      head={[
        { key: "time", title: t("time") },
        ...(["batteryPct", "signalAvgDbm", "networkType", "printerStatus"] as const).map((key) => ({
          key,
          title: tMeasure(key),
        })),
        { key: "app", title: t("app") },
        { key: "selfCheck", title: t("selfCheck") },
      ]}
      rows={beats.map((beat) => ({
        key: beat.at,
        cells: [
          <Moment key="time" at={beat.at} />,
          number(beat.batteryPct, "%"),
          number(beat.signalDbm, " dBm"),
          beat.networkType === null ? "—" : networkName(beat.networkType),
          beat.printerStatus ? tPrinter(beat.printerStatus) : "—",
          beat.app ?? "—",
          beat.checksOk === null ? (
            "—"
          ) : (
            <Badge key="checks" size="sm" variant="light" color={beat.checksOk ? "teal" : "red"}>
              {beat.checksOk ? tTerminal("ok") : tTerminal("notOk")}
            </Badge>
          ),
        ],
      }))}
    />
  )
}
