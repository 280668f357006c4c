import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { givenTerminal, type Organisation } from "@/tests/support/factories"
import { rowsOf } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"

export const dayMs = 86_400_000

export const now = Date.now()

export const daysAgo = (days: number, minutes = 0) =>
  new Date(now - days * dayMs + minutes * 60_000).toISOString()

export const utcDay = (days: number) => daysAgo(days).slice(0, 10)

type Raw = { at: Date }

export const datesOf = async (orgId: string, table: "heartbeat" | "transaction") =>
  (await rowsOf<Raw>(orgId, table)).map(({ at }) => at.toISOString().slice(0, 10))

/** A terminal with a folded beat and sale at noon, each of these days ago. */
export async function givenDays(organisation: Organisation, days: number[]) {
  const { terminalId, serial } = await givenTerminal(organisation.orgId)
  for (const day of days) {
    const at = `${utcDay(day)}T12:00:00.000Z`
    await givenBatch(organisation.orgId, "heartbeat", [{ terminal_id: terminalId, at, battery_pct: 50 }])
    await givenBatch(organisation.orgId, "transaction", [
      { terminal_id: terminalId, at, id: `${day}`, outcome: "declined", card_ref: "c" },
    ])
  }
  await foldAll()
  await asWorker((db) =>
    db.query(sql`update ingest_batch set received_at = max_at where org_id = ${organisation.orgId}::uuid`),
  )
  return { terminalId, serial }
}
