import { kindOf, titleOf, type Sample } from "@/tests/bench/read/samples"
import type { Times } from "@/tests/bench/read/time-calls"

/** The times of one call at each size. */
export type Row = { sample: Sample; bySize: { terminals: number; admin: Times; limited: Times }[] }

const bars = { admin: 150, limited: 300, ratio: 1.5 }
/** Ratios of calls that take no longer are noise. */
const ratioFromMs = 30
/** Milliseconds of a weekly report for each terminal. */
const reportMsPerTerminal = 0.2

const p95 = (times: Times) => (times?.isBusy ? Infinity : (times?.p95 ?? 0))

/** The ratio of the largest fleet to the smallest. */
function ratioOf({ bySize }: Row): number | null {
  const [least, most] = [bySize[0], bySize.at(-1)]
  return bySize.length > 1 && least?.admin && most?.admin ? p95(most.admin) / p95(least.admin) : null
}

/** What the call misses, in words. */
export function missedBy(row: Row): string[] {
  const most = row.bySize.at(-1)
  const kind = kindOf(row.sample)
  if (!most || kind === "export") return []
  if (kind === "report") return p95(most.admin) > reportMsPerTerminal * most.terminals ? ["report"] : []
  const ratio = ratioOf(row)
  return [
    ...(p95(most.admin) > bars.admin ? ["admin"] : []),
    ...(p95(most.limited) > bars.limited ? ["limited"] : []),
    ...(ratio !== null && ratio > bars.ratio && p95(most.admin) > ratioFromMs ? ["ratio"] : []),
  ]
}

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))
export const cell = (times: Times): string =>
  times === null
    ? "-"
    : times.isBusy
      ? "gives up"
      : `${ms(times.p50)} / ${ms(times.p95)} (${ms(times.processor)})`

/** The rows as a table: milliseconds, p50 / p95 (of processor). */
export function tableOf(rows: readonly Row[]): string {
  const sizes = rows[0]?.bySize.map(({ terminals }) => terminals) ?? []
  const header = [
    "call",
    ...sizes.map((size) => size.toLocaleString("en")),
    ...(sizes.length > 1 ? ["ratio"] : []),
    "limited",
    "KiB",
    "misses",
  ]
  const lines = rows.map((row) => {
    const ratio = ratioOf(row)
    const most = row.bySize.at(-1)
    return [
      titleOf(row.sample),
      ...row.bySize.map(({ admin }) => cell(admin)),
      ...(sizes.length > 1 ? [ratio === null ? "-" : ratio.toFixed(1)] : []),
      cell(most?.limited ?? null),
      ((most?.admin?.bytes ?? 0) / 1024).toFixed(0),
      missedBy(row).join(", "),
    ]
  })
  const widths = header.map((name, i) => Math.max(name.length, ...lines.map((line) => line[i]?.length ?? 0)))
  const written = (line: readonly string[]) =>
    `| ${line.map((text, i) => text.padEnd(widths[i] ?? 0)).join(" | ")} |`
  return [written(header), written(widths.map((width) => "-".repeat(width))), ...lines.map(written)].join(
    "\n",
  )
}
