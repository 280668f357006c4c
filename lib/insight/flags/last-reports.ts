import type { Db } from "@/lib/base/db/transaction"
import { wrongClockFromMs } from "@/lib/base/time/clock"
import type { Calendar } from "@/lib/fleet/stores/opening-hours"
import type { FactRow } from "@/lib/insight/flags/detect-sql"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { lastReports } from "@/lib/insight/flags/reports-sql"
import { batchDueAt } from "@/lib/insight/flags/rule-day-not-closed"

/** What takes more than the newest heartbeat to know. */
export type Report = Pick<TerminalFacts, "clockWrongSince" | "maintenanceSince" | "batch">

type Chosen = { rows: readonly FactRow[]; now: Date; calendarOf: (row: FactRow) => Calendar }

/**
 * What the last heartbeats of terminals say. They are read only where the newest one says that a clock is
 * wrong, a terminal in maintenance or a batch too old.
 */
export async function reportsOf(
  db: Db,
  { rows, now, calendarOf }: Chosen,
): Promise<(row: FactRow) => Report> {
  const batches = new Map(rows.map((row) => [row.terminal_id, batchOf(row, calendarOf(row))]))
  const isRead = (row: FactRow): boolean =>
    row.mode === "maintenance" ||
    Math.abs(row.clock_offset_ms) > wrongClockFromMs ||
    (batches.get(row.terminal_id)?.dueAt ?? Infinity) <= now.getTime()
  const read = rows.filter(isRead)
  const found = read.length > 0 ? await lastReports(db, { ids: read.map((row) => row.terminal_id), now }) : []
  const reports = new Map(found.map((report) => [report.id, report]))
  return (row) => {
    const report = reports.get(row.terminal_id)
    const batch = batches.get(row.terminal_id)
    return {
      clockWrongSince: report?.clock_wrong_since?.getTime() ?? null,
      maintenanceSince: report?.maintenance_since?.getTime() ?? null,
      batch: batch ? { ...batch, namedAt: report?.batch_named_at?.getTime() ?? null } : null,
    }
  }
}

/** A batch is opened by the terminal's own clock. */
function batchOf({ batch_opened_at: at, clock_offset_ms: offsetMs }: FactRow, calendar: Calendar) {
  if (at === null) return null
  const openedAt = at.getTime() + offsetMs
  return { openedAt, dueAt: batchDueAt(calendar, openedAt) }
}
