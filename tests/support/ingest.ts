import sql from "sql-template-tag"
import { expect } from "vitest"
import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as postTransactions } from "@/app/api/v1/transactions/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { call } from "@/tests/support/http"

export const ndjson = "application/x-ndjson"
export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
export const lines = (records: unknown[]) => records.map((record) => JSON.stringify(record)).join("\n")

export type Send = { key: string; body: BodyInit; type?: string; headers?: Record<string, string> }

const once =
  (path: string, route: typeof postHeartbeats) =>
  ({ key, body, type = ndjson, headers = {} }: Send) =>
    call(route, path, { key, body, headers: { "content-type": type, ...headers } })

export const heartbeatsOnce = once("/api/v1/heartbeats", postHeartbeats)
export const transactionsOnce = once("/api/v1/transactions", postTransactions)

export const answerOf = async (response: Response): Promise<IngestAnswer> => {
  expect(response.status).toBe(200)
  return (await response.json()) as IngestAnswer
}

/**
 * Sends the body twice, like a terminal that missed the answer. The second time must add nothing. Returns
 * the first response.
 */
const twice =
  (post: (send: Send) => Promise<Response>) =>
  async (send: Send): Promise<Response> => {
    const first = await post(send)
    const second = await post(send)
    expect(second.status).toBe(first.status)
    if (first.status === 200) {
      const { accepted, duplicates, rejected, errors, ignored } = await answerOf(first.clone())
      expect(await answerOf(second)).toEqual({
        accepted: 0,
        duplicates: accepted + duplicates,
        rejected,
        errors,
        ignored,
      })
    }
    return first
  }

export const heartbeats = twice(heartbeatsOnce)
export const transactions = twice(transactionsOnce)

const statements = {
  heartbeat: (orgId: string) => sql`select * from heartbeat where org_id = ${orgId}::uuid order by at`,
  transaction: (orgId: string) =>
    sql`select * from transaction where org_id = ${orgId}::uuid order by at, id`,
  ingest_batch: (orgId: string) => sql`select * from ingest_batch where org_id = ${orgId}::uuid order by id`,
  unmapped_code: (orgId: string) =>
    sql`select * from unmapped_code where org_id = ${orgId}::uuid order by code`,
  quarantine: (orgId: string) => sql`select * from quarantine where org_id = ${orgId}::uuid order by id`,
}

export const rowsOf = <Row>(orgId: string, table: keyof typeof statements) =>
  asWorker((db) => db.query<Row>(statements[table](orgId)))

export type Kept = {
  id: number
  kind: string
  code: string
  field: string | null
  record: string
  seen_count: number
  resolved_at: Date | null
}

/** The quarantined records of two sendings. Each record is there once, with a count of two. */
export async function quarantined(orgId: string): Promise<Kept[]> {
  const kept = await rowsOf<Kept>(orgId, "quarantine")
  expect(kept.map(({ seen_count }) => seen_count % 2)).toEqual(kept.map(() => 0))
  return kept
}
