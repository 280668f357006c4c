import { localDay } from "@/lib/base/time/zone"
import { rollupsOf } from "@/tests/support/rollups"

/** A raw row as sent. Every terminal is in Shanghai. */
export type SentRow = {
  kind: "heartbeat" | "transaction"
  row: { terminal_id: number; at: string } & Record<string, unknown>
}

/** Counts each terminal and day in TypeScript, from the rows as sent, independently of the SQL. */
export function recount(rows: SentRow[]) {
  const days = new Map<
    string,
    { raw: number; rawFailures: number; presentments: number; failures: number; beats: number; lines: number }
  >()
  const dayOf = (terminal: number, time: number) => {
    const key = `${terminal} ${localDay(new Date(time), "Asia/Shanghai")}`
    const found = days.get(key) ?? {
      raw: 0,
      rawFailures: 0,
      presentments: 0,
      failures: 0,
      beats: 0,
      lines: 0,
    }
    days.set(key, found)
    return found
  }
  const timed = rows.map(({ kind, row }) => ({
    kind,
    row,
    time: Date.parse(row.at) + Number(row["clock_offset_ms"] ?? 0),
  }))
  const inOrder = timed.toSorted(
    (a, b) => a.time - b.time || (String(a.row["id"]) < String(b.row["id"]) ? -1 : 1),
  )
  const lastOfCustomer = new Map<string, { time: number; failed: boolean }>()
  const lastLines = new Map<number, number>()
  for (const { kind, row, time } of inOrder) {
    if (kind === "heartbeat") {
      const day = dayOf(row.terminal_id, time)
      day.beats += 1
      const lines = row["printer_lines"]
      if (typeof lines !== "number") continue
      const before = lastLines.get(row.terminal_id)
      if (before !== undefined) day.lines += lines >= before ? lines - before : lines
      lastLines.set(row.terminal_id, lines)
      continue
    }
    if (row["outcome"] === "reversed") continue
    const day = dayOf(row.terminal_id, time)
    const failed = row["outcome"] === "declined" || row["outcome"] === "failed"
    const { card_ref: card, amount_minor: amount, entry_mode: mode } = row
    const payer = card === undefined ? `- ${String(amount)} ${String(mode)}` : String(card)
    const customer = `${row.terminal_id} ${payer}`
    const before = lastOfCustomer.get(customer)
    const isRetry = before !== undefined && before.failed && time - before.time <= 180_000
    day.raw += 1
    day.rawFailures += failed ? 1 : 0
    day.presentments += isRetry ? 0 : 1
    day.failures += !isRetry && failed ? 1 : 0
    lastOfCustomer.set(customer, { time, failed })
  }
  return Object.fromEntries([...days].toSorted())
}

/** The same counts, from the fold. */
export async function counted(orgId: string) {
  const { days } = await rollupsOf(orgId)
  return Object.fromEntries(
    days
      .map(
        (row) =>
          [
            `${String(row["terminal_id"])} ${String(row["day"])}`,
            {
              raw: row["raw_attempts"],
              rawFailures: row["raw_failures"],
              presentments: row["presentments"],
              failures: row["failures"],
              beats: row["beats"],
              lines: row["printer_lines"] ?? 0,
            },
          ] as const,
      )
      .toSorted(),
  )
}
