import { stringify } from "csv-stringify/sync"
import { clockText } from "@/lib/base/time/zone"
import { reasonText } from "@/lib/insight/flags/reason-text"
import type { ReportFlag, WeeklyReport } from "@/lib/outlook/reports/schemas"
import type { Translate } from "@/lib/outlook/reports/words"

type Cell = string | number | null

const percent = (value: number | null): Cell => (value === null ? null : Math.round(value * 10_000) / 100)

/**
 * The report as CSV that spreadsheets open: with a byte order mark, sections one below the other, formulas
 * disarmed.
 */
export function weeklyCsv(report: WeeklyReport, t: Translate): string {
  const { availability, total } = report
  const time = (at: string) => clockText(new Date(at), report.organisation.timeZone)
  const rows: Cell[][] = [
    [t("title"), report.week, report.organisation.name],
    [t("period"), report.from, report.to, report.organisation.timeZone],
    [t("asOf"), time(report.asOf), report.isOver ? "" : t("notOver")],
    [],
    [t("fleet")],
    ...Object.entries(report.fleet.byStatus).map(([status, count]) => [t(`statuses.${status}`), count]),
    ...report.fleet.byModel.map(({ model, terminals }) => [model ?? t("noModel"), terminals]),
    [t("availability"), percent(availability.share), availability.upHours, availability.openHours],
    [t("withoutHours"), availability.terminalsWithoutHours],
    [],
    [
      t("cause"),
      t("failures"),
      t("attempts"),
      t("ratePct"),
      t("lowPct"),
      t("highPct"),
      t("failuresBefore"),
      t("attemptsBefore"),
      t("rateBeforePct"),
      t("rawFailures"),
      t("rawAttempts"),
    ],
    ...[
      ...report.byCause.map((row) => ({ name: t(`causes.${row.cause}`), row })),
      { name: t("total"), row: total },
    ].map(({ name, row }) => [
      name,
      row.failures,
      row.attempts,
      percent(row.rate),
      percent(row.interval?.[0] ?? null),
      percent(row.interval?.[1] ?? null),
      row.previous.failures,
      row.previous.attempts,
      percent(row.previous.rate),
      row.raw.failures,
      row.raw.attempts,
    ]),
    ...(["opened", "closed", "open"] as const).flatMap((part) => [
      [],
      [t(part)],
      flagHeader(t),
      ...report.flags[part].map((flag) => flagCells(flag, t, time)),
    ]),
    [],
    [t("releasesDue"), t("dueNow")],
    [t("component"), t("minimum"), t("model"), t("dueOn"), t("terminals")],
    ...report.releasesDue.map(({ component, minimum, model, dueOn, terminalsBehind }) => [
      t(`components.${component}`),
      minimum,
      model ?? t("allModels"),
      dueOn,
      terminalsBehind,
    ]),
    [],
    [t("modelsDue"), t("dueNow")],
    [t("model"), t("useEndOn"), t("terminals")],
    ...report.modelsDue.map(({ model, useEndOn, terminals }) => [model, useEndOn, terminals]),
  ]
  return stringify(rows, { bom: true, escape_formulas: true, record_delimiter: "windows" })
}

const flagHeader = (t: Translate): Cell[] => [
  t("store"),
  t("address"),
  t("terminal"),
  t("model"),
  t("kind"),
  t("reason"),
  t("since"),
  t("openedAt"),
  t("closedAt"),
]

const flagCells = (flag: ReportFlag, t: Translate, time: (at: string) => string): Cell[] => [
  flag.store?.name ?? null,
  flag.store?.address ?? null,
  flag.terminal?.serial ?? null,
  flag.terminal?.model ?? null,
  t(`kinds.${flag.kind}`),
  flag.reasons.map((reason) => reasonText(reason, { t, time, day: (on) => on })).join("; "),
  time(flag.sinceAt),
  time(flag.openedAt),
  flag.closedAt === null ? null : time(flag.closedAt),
]
