"use client"

import { Anchor, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { useGap } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** As of when the figures are, by which tables, and where the others are. */
export function ReportBasis({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const text = useBasisText(report)
  const gap = useGap()
  const { frozen, figures, week } = report
  return (
    <Text size="sm">
      {text}
      {gap}
      {frozen ? (
        <Anchor
          component={Link}
          href={figures === "frozen" ? paths.weeklyReportNow(week) : paths.weeklyReport(week)}
          size="sm"
          className="no-print"
        >
          {figures === "frozen" ? t("figuresNow") : t("figuresFrozen")}
        </Anchor>
      ) : null}
    </Text>
  )
}

function useBasisText({ figures, frozen, freezesAt, isWhole, organisation }: WeeklyReport): string {
  const t = useTranslations("report")
  const format = useFormatter()
  const time = (at: string) =>
    format.dateTime(new Date(at), {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: organisation.timeZone,
    })
  if (!isWhole) return t("notWhole")
  if (!frozen) return freezesAt ? t("notFrozenYet", { at: time(freezesAt) }) : t("notFrozen")
  const at = time(frozen.at)
  if (figures === "now") return t("nowText", { at })
  const own = frozen.codeTables.flatMap(({ codeSystem, own: version }) =>
    version === null ? [] : [t("tableVersion", { codeSystem, version: String(version) })],
  )
  return t("frozenText", {
    at,
    tables: own.length === 0 ? "none" : format.list(own),
    evidence: frozen.evidenceVersion,
  })
}
