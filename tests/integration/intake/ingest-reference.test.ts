import fc from "fast-check"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { parseExact } from "@/lib/base/text/exact-json"
import { holdsPan } from "@/lib/base/text/pan"
import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
import type { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { answerOf, heartbeatsOnce, quarantined, rowsOf } from "@/tests/support/ingest"

useDatabase()

// Ingest has short ways: for small bodies, for plain lines, for rows that are newer than all others of their
// terminal. All of them give what a plain reading, record after record, gives.

const start = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000

const record = fc
  .record(
    {
      terminal: fc.constantFrom("SN1", "sn1", "SN2", "终端3", " SN2 "),
      at: fc.nat({ max: 12 }).map((minute) => new Date(start + minute * 60_000).toISOString()),
      batteryPct: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(130, "much", null)),
      printerLines: fc.oneof(fc.nat(), fc.constantFrom(1e15, -1)),
      charging: fc.oneof(fc.boolean(), fc.constant("yes")),
      app: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("5.2.1", "a\tb", "4111 1111 1111 1111")),
      unknown: fc.constantFrom(1, "text"),
    },
    { requiredKeys: ["terminal", "at"] },
  )
  .map((fields) => JSON.stringify(fields))
const line = fc.oneof(
  { weight: 12, arbitrary: record },
  { weight: 1, arbitrary: fc.constantFrom("{", "[]", '{"terminal":"SN1"}', '{"at":"now","terminal":"SN1"}') },
)
const bodies = fc.array(fc.array(line, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 })

type Stored = Partial<Pick<Heartbeat, "batteryPct" | "printerLines" | "charging" | "app">>

/** A plain reading of lines: what is accepted, and what the answer counts. */
class Reference {
  readonly rows = new Map<string, Stored>()

  take(text: string): "accepted" | "duplicates" | "rejected" {
    const result = heartbeatContract.read(text === "{" ? null : parseExact(text))
    if (holdsPan(text, { json: true }) || !result.success) return "rejected"
    const { terminal, at, batteryPct, printerLines, charging, app } = result.data
    const key = `${terminal.trim().toLowerCase()} ${new Date(at).toISOString()}`
    if (this.rows.has(key)) return "duplicates"
    this.rows.set(key, { batteryPct, printerLines, charging, app })
    return "accepted"
  }

  answerTo(lines: readonly string[]) {
    const answer = { accepted: 0, duplicates: 0, rejected: 0 }
    for (const text of lines) answer[this.take(text)] += 1
    return answer
  }
}

type Row = { key: string; battery_pct: number; printer_lines: number; charging: boolean; app: string }

async function storedRows(orgId: string): Promise<Map<string, Stored>> {
  const rows = await asWorker((db) =>
    db.query<Row>(sql`
      select t.serial_key || ' ' || to_char(h.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as key,
             h.battery_pct, h.printer_lines, h.charging, h.app
        from heartbeat h
        join terminal t on t.id = h.terminal_id
       where h.org_id = ${orgId}::uuid`),
  )
  return new Map(
    rows.map((row) => [
      row.key,
      {
        batteryPct: row.battery_pct ?? undefined,
        printerLines: row.printer_lines ?? undefined,
        charging: row.charging ?? undefined,
        app: row.app ?? undefined,
      },
    ]),
  )
}

test("random bodies give the rows and answers of a plain reading, and nothing when sent again", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, async (sent) => {
      const { orgId, ingestKey: key } = await givenOrganisation()
      const reference = new Reference()
      for (const lines of sent) {
        const expected = reference.answerTo(lines)
        expect(await answerOf(await heartbeatsOnce({ key, body: lines.join("\n") }))).toMatchObject(expected)
      }
      expect(await storedRows(orgId)).toEqual(reference.rows)

      const all = sent.flat()
      const again = await answerOf(await heartbeatsOnce({ key, body: all.join("\n") }))
      const rejected = all.filter((text) => reference.take(text) === "rejected").length
      expect(again).toMatchObject({ accepted: 0, duplicates: all.length - rejected, rejected })
      expect(await storedRows(orgId)).toEqual(reference.rows)
      const batches = await rowsOf<{ row_count: number }>(orgId, "ingest_batch")
      expect(batches.reduce((sum, { row_count: count }) => sum + count, 0)).toBe(reference.rows.size)
      const kept = await quarantined(orgId)
      expect(kept.reduce((sum, { seen_count: count }) => sum + count, 0)).toBe(2 * rejected)
    }),
    { numRuns: 15 },
  )
})
