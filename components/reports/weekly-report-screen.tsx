"use client"

import { Alert, Button, Group, SimpleGrid, Stack } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { CauseTable } from "@/components/reports/cause-table"
import { DueList } from "@/components/reports/due-list"
import { FlagTable } from "@/components/reports/flag-table"
import { FleetSummary } from "@/components/reports/fleet-summary"
import { LostLine } from "@/components/reports/lost-line"
import { ReportBasis } from "@/components/reports/report-basis"
import { ReportChanges } from "@/components/reports/report-changes"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { daysText } from "@/components/ui/period"
import { useLanguage } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import type { ReportFlag, WeeklyReport } from "@/lib/outlook/reports/schemas"

type Props = { report: WeeklyReport; previous: string; next: string | null }

export function WeeklyReportScreen({ report, previous, next }: Props) {
  const t = useTranslations("report")
  const language = useLanguage()
  const format = useFormatter()
  const { timeZone, name } = report.organisation
  const { open, opened, closed } = report.flags
  const newIds = new Set(opened.map(({ id }) => id))
  const isNew = ({ id }: ReportFlag) => newIds.has(id)
  const time = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short", timeZone })
  const weekText = ({ from, to }: WeeklyReport) => daysText(format, from, to)
  return (
    <Stack gap="md">
      <PageHeader
        title={
          <>
            {t("title")} <span style={{ whiteSpace: "nowrap" }}>{report.week}</span>
          </>
        }
        subtitle={[name, weekText(report), timeZone, `${t("asOf")} ${time(report.asOf)}`].join(" · ")}
      >
        <Group gap="xs" className="no-print">
          <Button component={Link} href={paths.weeklyReport(previous)} size="xs" variant="default">
            {t("previous")}
          </Button>
          {next ? (
            <Button component={Link} href={paths.weeklyReport(next)} size="xs" variant="default">
              {t("next")}
            </Button>
          ) : null}
          <Button
            component="a"
            href={`/api/v1/reports/weekly/${report.week}/csv?lang=${language}&figures=${report.figures}`}
            size="xs"
            variant="default"
          >
            CSV
          </Button>
          <Button size="xs" onClick={() => window.print()}>
            {t("print")}
          </Button>
        </Group>
      </PageHeader>
      {report.isOver ? <ReportBasis report={report} /> : <Alert color="yellow">{t("notOver")}</Alert>}
      {report.frozen && report.figures === "now" ? (
        <Panel title={t("changesTitle")}>
          <ReportChanges changes={report.changes} />
        </Panel>
      ) : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} className="print-columns">
        <Panel title={t("fleet")}>
          <FleetSummary report={report} />
        </Panel>
        <Panel title={t("due")}>
          <DueList report={report} />
        </Panel>
      </SimpleGrid>
      <Panel title={t("failedByCause")}>
        <CauseTable report={report} />
        <LostLine lost={report.lost} />
      </Panel>
      <Panel title={t("openTitle", { open: open.length, opened: opened.length })}>
        <FlagTable flags={open} isNew={isNew} timeZone={timeZone} />
      </Panel>
      <Panel title={t("closedTitle", { closed: closed.length })}>
        <FlagTable flags={closed} isNew={isNew} timeZone={timeZone} />
      </Panel>
    </Stack>
  )
}
