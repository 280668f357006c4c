import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import { isDay } from "@/lib/base/time/reader-day"
import { isZone, type Day } from "@/lib/base/time/zone"
import { weekdays } from "@/lib/fleet/stores/words"
import { TerminalEntry } from "@/lib/fleet/terminals/schemas"

const name = "terminals.csv"
/** Seconds may be written where they are none. */
const clock = /^(\d{1,2}):([0-5]\d)(?::00)?$/

const cell = z
  .string()
  .trim()
  .optional()
  .transform((text) => (text === "" ? undefined : text))

/** A column that a file does not have is empty. */
const Line = z.object({
  serial: z.string().trim().min(1),
  model: cell,
  merchant: cell,
  store: cell,
  zone: cell.refine((zone) => zone === undefined || isZone(zone), { error: "no zone such as Asia/Shanghai" }),
  open: cell.transform(timeOf),
  close: cell.transform(timeOf),
  acquirer: cell,
  from: cell.refine((day) => day === undefined || isDay(day), { error: "no date such as 2026-03-02" }),
})

/** H:MM as HH:MM. */
function timeOf(text: string | undefined, context: z.RefinementCtx): string | undefined {
  const [, hours = "", minutes = ""] = (text === undefined ? null : clock.exec(text)) ?? []
  const isTime = Number(hours) < 24 || (Number(hours) === 24 && minutes === "00")
  if (text === undefined) return undefined
  if (hours !== "" && isTime) return `${hours.padStart(2, "0")}:${minutes}`
  context.addIssue({ code: "custom", message: "no time such as 9:30" })
  return z.NEVER
}

/** Terminals as they are at the beginning, and what changes on later days. */
export type Terminals = { first: TerminalEntry[]; later: ReadonlyMap<Day, TerminalEntry[]> }

/** The master data of a folder. Hours and zone that are not known stay open. */
export function terminalsOf(folder: string, { zone }: { zone: string }): Terminals {
  const path = join(folder, name)
  if (!existsSync(path))
    throw new AppError(
      "not_found",
      `${path} is missing. It has the columns serial,model,merchant,store,zone,open,close,acquirer,from, ` +
        "one row for each terminal, and one more for each move of it.",
    )
  const rows = rowsOf(path)
  if (rows.length === 0) throw new AppError("invalid", `${path} has no terminal.`)
  if (!("serial" in (rows[0] ?? {})))
    throw new AppError("invalid", `${path} has no column "serial". Its first line must name the columns.`)
  const byDay = groupBy(
    rows.map((row, i) => entryOf(path, { row, line: i + 2, zone })),
    ({ from }) => from ?? "",
  )
  const entries = new Map([...byDay].map(([day, placed]) => [day, placed.map(({ entry }) => entry)]))
  const first = entries.get("") ?? []
  entries.delete("")
  return { first, later: entries }
}

function rowsOf(path: string): Record<string, string>[] {
  try {
    return parse(readFileSync(path, "utf8"), {
      bom: true,
      columns: (names: string[]) => names.map((one) => one.trim().toLowerCase()),
      skip_empty_lines: true,
      relax_column_count_less: true,
    })
  } catch (error) {
    throw new AppError("invalid", `${path}: ${error instanceof Error ? error.message : "cannot be read"}`)
  }
}

type Placed = { from: Day | undefined; entry: TerminalEntry }
type Given = { row: Record<string, string>; line: number; zone: string }

function entryOf(path: string, { row, line, zone }: Given): Placed {
  const read = Line.safeParse(row)
  if (!read.success) throw wrongLine(path, line, read.error)
  const { serial, model, merchant, store, open, close, acquirer } = read.data
  const span: [string, string] | undefined =
    open !== undefined && close !== undefined ? [open, close] : undefined
  const entry = TerminalEntry.safeParse({
    serial,
    status: "active",
    model,
    merchant,
    store,
    acquirer,
    timeZone: read.data.zone ?? zone,
    openingHours: span && Object.fromEntries(weekdays.map((weekday) => [weekday, [span]])),
  })
  if (!entry.success) throw wrongLine(path, line, entry.error)
  return { from: read.data.from, entry: entry.data }
}

function wrongLine(path: string, line: number, error: z.ZodError): AppError {
  const [issue] = error.issues
  return new AppError(
    "invalid",
    `${path}, line ${line}, ${String(issue?.path[0] ?? "")}: ${issue?.message ?? ""}`,
  )
}
