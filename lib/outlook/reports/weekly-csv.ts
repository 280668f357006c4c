import { stringify } from "csv-stringify/sync"
import type { Translate } from "@/lib/base/i18n/translator"
import { shownShare } from "@/lib/base/statistics/shown-share"
import { clockText } from "@/lib/base/time/zone"
import { amountOf, minorDigits } from "@/lib/fleet/acquirers/money"
import { reasonText } from "@/lib/insight/flags/reason-text"
import { isByDate } from "@/lib/insight/flags/words"
import type { ReportFlag, WeeklyReport } from "@/lib/outlook/reports/schemas"

type Cell = string | number | null

const money = (minor: number, currency: string) =>
  `${amountOf(minor, currency).toFixed(minorDigits(currency))} ${currency}`

/** 100 only if it is, as on the screen. */
const percent = (value: number | null): Cell =>
  value === null ? null : Math.round(shownShare(value, 2).share * 10_000) / 100

/**
 * The report as CSV for spreadsheets: with a byte order mark, the sections one below the other, and formulas
 * escaped.
 */
export function weeklyCsv(report: WeeklyReport, t: Translate): string {
  const { availability } = report
  const time = (at: string) => clockText(new Date(at), report.organisation.timeZone)
  const due = t(report.figures === "frozen" ? "dueThen" : "dueNow")
  const rows: Cell[][] = [
    [t("title"), report.week, report.organisation.name],
    [t("period"), report.from, report.to, report.organisation.timeZone],
    [t("asOf"), time(report.asOf), report.isOver ? "" : t("notOver")],
    ...basisRows(report, t, time),
    [],
    [t("fleet")],
    ...Object.entries(report.fleet.byStatus).map(([status, count]) => [t(`statuses.${status}`), count]),
    ...report.fleet.byModel.map(({ model, terminals }) => [model ?? t("noModel"), terminals]),
    [t("availability"), percent(availability.share), availability.upHours, availability.openHours],
    [t("withoutHours"), availability.terminalsWithoutHours],
    [],
    rateHeader(t),
    ...report.byCause.map((row) => rateCells(t(`causes.${row.cause}`), row)),
    rateCells(t("total"), report.total),
    ...lostRows(report.lost, t),
    // A flag that opened in the week is open at its end or closed in it, so that no row is there twice.
    ...(["open", "closed"] as const).flatMap((part) => [
      [],
      [t(part)],
      flagHeader(t),
      ...report.flags[part].map((flag) => flagCells(flag, t, time)),
    ]),
    [],
    [t("releasesDue"), due],
    [t("component"), t("minimum"), t("model"), t("dueOn"), t("terminals")],
    ...report.releasesDue.map(({ component, minimum, model, dueOn, terminalsBehind }) => [
      t(`components.${component}`),
      minimum ?? "",
      model ?? t("allModels"),
      dueOn,
      terminalsBehind,
    ]),
    [],
    [t("modelsDue"), due],
    [t("model"), t("useEndOn"), t("terminals")],
    ...report.modelsDue.map(({ model, useEndOn, terminals }) => [model, useEndOn, terminals]),
  ]
  return stringify(rows, { bom: true, escape_formulas: true, record_delimiter: "windows" })
}

/** As of when the figures are, and by which tables. */
function basisRows({ figures, frozen }: WeeklyReport, t: Translate, time: (at: string) => string): Cell[][] {
  if (!frozen || figures === "now") return [[t("figuresNow")]]
  const own = frozen.codeTables.filter((table) => table.own !== null)
  return [
    [t("frozenOn"), time(frozen.at)],
    [
      t("codeTables"),
      ...own.map((table) => t("tableVersion", { codeSystem: table.codeSystem, version: String(table.own) })),
      ...(own.length === 0 ? [t("asShipped")] : []),
    ],
    [t("evidence"), frozen.evidenceVersion === 0 ? t("asShipped") : frozen.evidenceVersion],
  ]
}

const lostRows = ({ data }: WeeklyReport["lost"], t: Translate): Cell[][] =>
  data.length === 0
    ? []
    : [
        [],
        [t("lost")],
        [t("likelyCause"), t("attempts"), t("amount"), t("currency")],
        ...data.map(({ value, sales, amountMinor, currency }) => [
          t(`causes.${value}`),
          sales,
          amountOf(amountMinor, currency),
          currency,
        ]),
      ]

const rateHeader = (t: Translate): Cell[] => [
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
]

const rateCells = (name: string, rate: WeeklyReport["total"]): Cell[] => [
  name,
  rate.failures,
  rate.attempts,
  percent(rate.rate),
  percent(rate.interval?.[0] ?? null),
  percent(rate.interval?.[1] ?? null),
  rate.previous.failures,
  rate.previous.attempts,
  percent(rate.previous.rate),
  rate.raw.failures,
  rate.raw.attempts,
]

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
  flag.reasons.map((reason) => reasonText(reason, { t, time, day: (on) => on, money })).join("; "),
  isByDate(flag.rule) ? flag.sinceOn : time(flag.sinceAt),
  time(flag.openedAt),
  flag.closedAt === null ? null : time(flag.closedAt),
]
