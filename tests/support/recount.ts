import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { resetBit } from "@/lib/rollups/fold/sql/columns"
import { rollupsOf } from "@/tests/support/rollups"

/** A raw row as sent. Every terminal is in Shanghai. */
export type SentRow = {
  kind: "heartbeat" | "transaction"
  row: { terminal_id: number; at: string } & Record<string, unknown>
}

/** The store of each terminal. */
export type Stores = ReadonlyMap<number, number>

const zone = "Asia/Shanghai"
const hourMs = 3_600_000
const nothing = { raw: 0, rawFailures: 0, presentments: 0, failures: 0, beats: 0, lines: 0 }
type Counts = typeof nothing

/** What a row of this terminal and time adds to: its day, and its store's and organisation's day and hour. */
function bucketsOf(terminal: number, time: number, stores: Stores): string[] {
  const day = localDay(new Date(time), zone)
  const hour = new Date(Math.floor(time / hourMs) * hourMs).toISOString()
  const places = [stores.get(terminal), 0].flatMap((store) => [
    `store ${store} ${day}`,
    `store ${store} ${hour} ${day}`,
  ])
  return [`terminal ${terminal} ${day}`, ...places]
}

const inOrder = (rows: SentRow[]) =>
  rows
    .map(({ kind, row }) => ({
      kind,
      row,
      time: Date.parse(row.at) + Number(row["clock_offset_ms"] ?? 0),
    }))
    .toSorted((a, b) => a.time - b.time || (String(a.row["id"]) < String(b.row["id"]) ? -1 : 1))

/**
 * Counts terminals and places (the stores, and the organisation as store 0) in TypeScript, from the rows as
 * sent, independently of the SQL, and names the days on which a terminal's printed lines began anew.
 */
export function recount(rows: SentRow[], stores: Stores) {
  const buckets = new Map<string, Counts>()
  const lastOfCustomer = new Map<string, { time: number; failed: boolean }>()
  const lastLines = new Map<number, number>()
  const resets = new Set<string>()
  const add = (terminal: number, time: number, counts: Partial<Counts>) => {
    for (const key of bucketsOf(terminal, time, stores)) {
      const bucket = buckets.get(key) ?? { ...nothing }
      for (const name of Object.keys(nothing) as (keyof Counts)[]) bucket[name] += counts[name] ?? 0
      buckets.set(key, bucket)
    }
  }
  for (const { kind, row, time } of inOrder(rows)) {
    const terminal = row.terminal_id
    if (kind === "heartbeat") {
      const lines = row["printer_lines"]
      const before = lastLines.get(terminal)
      if (typeof lines === "number") lastLines.set(terminal, lines)
      const isKnown = typeof lines === "number" && before !== undefined
      if (isKnown && lines < before) resets.add(`reset ${terminal} ${localDay(new Date(time), zone)}`)
      add(terminal, time, { beats: 1, lines: isKnown ? (lines >= before ? lines - before : lines) : 0 })
      continue
    }
    if (row["outcome"] === "reversed") continue
    const failed = row["outcome"] === "declined" || row["outcome"] === "failed"
    const { card_ref: card, amount_minor: amount, entry_mode: mode } = row
    const payer = card === undefined ? `- ${String(amount)} ${String(mode)}` : String(card)
    const before = lastOfCustomer.get(`${terminal} ${payer}`)
    lastOfCustomer.set(`${terminal} ${payer}`, { time, failed })
    const isRetry = before !== undefined && before.failed && time - before.time <= 180_000
    add(terminal, time, {
      raw: 1,
      rawFailures: failed ? 1 : 0,
      presentments: isRetry ? 0 : 1,
      failures: !isRetry && failed ? 1 : 0,
    })
  }
  const ofDays = [...resets].map((key) => [key, true] as const)
  return Object.fromEntries([...buckets, ...ofDays].toSorted())
}

/** The stores of an organisation's terminals, none of which was moved. */
export const storesOf = async (orgId: string): Promise<Stores> => {
  const rows = await asWorker((db) =>
    db.query<{ terminal_id: number; store_id: number }>(
      sql`select terminal_id, store_id from terminal_store where org_id = ${orgId}::uuid`,
    ),
  )
  return new Map(rows.map(({ terminal_id: terminal, store_id: store }) => [terminal, store]))
}

/** The same counts, from the fold. */
export async function counted(orgId: string) {
  const { days, placeHours, placeDays } = await rollupsOf(orgId)
  const countsOf = (row: Record<string, unknown>) => ({
    raw: row["raw_attempts"],
    rawFailures: row["raw_failures"],
    presentments: row["presentments"],
    failures: row["failures"],
    beats: row["beats"],
    lines: row["printer_lines"] ?? 0,
  })
  const entries = [
    ...days.map((row) => [`terminal ${String(row["terminal_id"])} ${String(row["day"])}`, row] as const),
    ...placeDays.map((row) => [`store ${String(row["store_id"])} ${String(row["day"])}`, row] as const),
    ...placeHours.map((row) => {
      const hour = (row["hour"] as Date).toISOString()
      return [`store ${String(row["store_id"])} ${hour} ${String(row["day"])}`, row] as const
    }),
  ]
  const resets = days
    .filter((row) => (Number(row["reset_counters"]) & resetBit("printer_lines")) !== 0)
    .map((row) => [`reset ${String(row["terminal_id"])} ${String(row["day"])}`, true] as const)
  return Object.fromEntries(
    [...entries.map(([key, row]) => [key, countsOf(row)] as const), ...resets].toSorted(),
  )
}
