import sql from "sql-template-tag"
import { expect } from "vitest"
import { POST } from "@/app/api/v1/adapters/[vendor]/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { VendorAnswer } from "@/lib/intake/adapters/schemas"
import { call } from "@/tests/support/http"

export const post = async (
  key: string,
  vendor: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<VendorAnswer> => {
  const response = await call(POST, `/api/v1/adapters/${vendor}`, {
    key,
    body,
    headers: { "content-type": "application/json", ...headers },
    params: { vendor },
  })
  expect(response.status).toBe(200)
  return (await response.json()) as VendorAnswer
}

export const inventory = (orgId: string) =>
  asWorker((db) =>
    db.query<Record<string, unknown>>(sql`
  select t.serial, m.name as model, s.code as store, a.tid
    from terminal t
    left join terminal_model m on m.id = t.model_id
    left join terminal_store p on p.terminal_id = t.id and p.to_at is null
    left join store s on s.id = p.store_id and not s.is_unassigned
    left join terminal_tid a on a.terminal_id = t.id and a.to_at is null
   where t.org_id = ${orgId}::uuid
   order by t.serial`),
  )

export const hourAgo = Date.now() - 3_600_000
