"use client"

import { Alert, Anchor, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core"
import { useFormatter, useLocale, useTranslations } from "next-intl"
import Link from "next/link"
import { Fragment } from "react"
import { FlagReason } from "@/components/flags/flag-reason"
import { SimpleTable } from "@/components/tables/simple-table"
import { CauseBadge, KindBadge } from "@/components/ui/badges"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { paths } from "@/lib/base/paths"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import type { ReportFlag, WeeklyReport } from "@/lib/outlook/reports/schemas"

type Props = { report: WeeklyReport; previous: string; next: string | null }

export function WeeklyReportScreen({ report, previous, next }: Props) {
  const t = useTranslations("report")
  const locale = useLocale()
  const format = useFormatter()
  const { timeZone, name } = report.organisation
  const time = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short", timeZone })
  return (
    <Stack gap="md">
      <PageHeader
        title={`${t("title")} ${report.week}`}
        subtitle={[
          name,
          `${report.from} – ${lastDay(report.to)}`,
          timeZone,
          `${t("asOf")} ${time(report.asOf)}`,
        ].join(" · ")}
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
            href={`/api/v1/reports/weekly/${report.week}/csv?lang=${locale}`}
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
      {report.isOver ? null : <Alert color="yellow">{t("notOver")}</Alert>}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={t("fleet")}>
          <Fleet report={report} />
        </Panel>
        <Panel title={t("due")}>
          <Due report={report} />
        </Panel>
      </SimpleGrid>
      <Panel title={t("failedByCause")}>
        <Causes report={report} />
      </Panel>
      <Panel title={`${t("open")} (${report.flags.open.length})`}>
        <Flags flags={report.flags.open} time={time} />
      </Panel>
      <Panel title={`${t("opened")} (${report.flags.opened.length})`}>
        <Flags flags={report.flags.opened} time={time} />
      </Panel>
      <Panel title={`${t("closed")} (${report.flags.closed.length})`}>
        <Flags flags={report.flags.closed} time={time} />
      </Panel>
    </Stack>
  )
}

const lastDay = (to: string) =>
  new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

function Fleet({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const tStatus = useTranslations("terminalStatuses")
  const format = useFormatter()
  const { availability, fleet } = report
  const statuses = terminalStatuses.filter((status) => fleet.byStatus[status] > 0)
  return (
    <Stack gap={6}>
      <Text fz={26} fw={700} lh={1.1}>
        {availability.share === null
          ? "—"
          : format.number(availability.share, { style: "percent", maximumFractionDigits: 2 })}
      </Text>
      <Text size="sm" c="dimmed">
        {t("availabilityText", { up: availability.upHours, open: availability.openHours })}
      </Text>
      {availability.terminalsWithoutHours > 0 ? (
        <Text size="sm" c="dimmed">
          {t("withoutHoursText", { count: availability.terminalsWithoutHours })}
        </Text>
      ) : null}
      <Text size="sm">
        {statuses.map((status) => `${tStatus(status)} ${fleet.byStatus[status]}`).join(" · ")}
      </Text>
      <Text size="sm" c="dimmed">
        {fleet.byModel.map(({ model, terminals }) => `${model ?? t("noModel")} ${terminals}`).join(" · ")}
      </Text>
    </Stack>
  )
}

function Due({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const tComponent = useTranslations("components")
  if (report.releasesDue.length + report.modelsDue.length === 0) return <EmptyState title={t("nothingDue")} />
  return (
    <Stack gap={6}>
      {report.releasesDue.map(({ component, minimum, model, dueOn, terminalsBehind }) => {
        const words = {
          component: tComponent(component),
          minimum,
          model: model ?? t("allModels"),
          count: terminalsBehind,
        }
        return (
          <Text key={`${component} ${model} ${minimum}`} size="sm">
            {dueOn === null ? t("releaseText", words) : t("releaseDueText", { ...words, on: dueOn })}
          </Text>
        )
      })}
      {report.modelsDue.map(({ model, useEndOn, terminals }) => (
        <Text key={`${model} ${useEndOn}`} size="sm">
          {t("modelText", { model, on: useEndOn, count: terminals })}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t("dueNow")}
      </Text>
    </Stack>
  )
}

function Causes({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const format = useFormatter()
  const percent = (value: number | null | undefined) =>
    value === null || value === undefined
      ? "—"
      : format.number(value, { style: "percent", maximumFractionDigits: 2 })
  const rows = [
    ...report.byCause.map((row) => ({ key: row.cause, name: <CauseBadge cause={row.cause} />, row })),
    { key: "total", name: <b key="total">{t("total")}</b>, row: report.total },
  ]
  return (
    <>
      <SimpleTable
        minWidth={640}
        head={[
          { key: "cause", title: t("cause") },
          ...(["failures", "rate", "interval", "failuresBefore", "rateBefore"] as const).map((key) => ({
            key,
            title: t(key),
            align: "right" as const,
          })),
        ]}
        rows={rows.map(({ key, name, row }) => ({
          key,
          cells: [
            name,
            `${format.number(row.failures)} / ${format.number(row.attempts)}`,
            percent(row.rate),
            row.interval ? `${percent(row.interval[0])} – ${percent(row.interval[1])}` : "—",
            `${format.number(row.previous.failures)} / ${format.number(row.previous.attempts)}`,
            percent(row.previous.rate),
          ],
        }))}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {t("rawText", { failures: report.total.raw.failures, attempts: report.total.raw.attempts })}
      </Text>
    </>
  )
}

function Flags({ flags, time }: { flags: ReportFlag[]; time: (at: string) => string }) {
  const t = useTranslations("report")
  if (flags.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("none")}
      </Text>
    )
  return (
    <SimpleTable
      minWidth={720}
      head={(["store", "terminal", "kind", "reason", "since"] as const).map((key) => ({
        key,
        title: t(key),
      }))}
      rows={flags.map((flag) => ({
        key: String(flag.id),
        cells: [
          <Fragment key="store">
            {flag.store?.name}
            <Text size="xs" c="dimmed">
              {flag.store?.address}
            </Text>
          </Fragment>,
          flag.terminal ? (
            <Anchor key="terminal" component={Link} href={paths.terminal(flag.terminal.id)} size="sm">
              {flag.terminal.serial}
            </Anchor>
          ) : null,
          <KindBadge key="kind" kind={flag.kind} />,
          flag.reasons.map((reason, i) => (
            <Text key={`${reason.code} ${i}`} size="sm">
              <FlagReason reason={reason} />
            </Text>
          )),
          time(flag.sinceAt),
        ],
      }))}
    />
  )
}
