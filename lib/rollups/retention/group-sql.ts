import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export type Span = { orgId: string; from: Date; before: Date }

/** Whether raw rows of the organisation lie in these days. Looks each terminal up by the key. */
export const hasRawIn = (db: Db, { orgId, from, before }: Span) =>
  db.query<{ has: boolean }>(sql`
  select exists (
    select 1 from terminal t
     where t.org_id = ${orgId}::uuid
       and (exists (select 1 from heartbeat h where h.terminal_id = t.id and h.at >= ${from}::timestamptz
         and h.at < ${before}::timestamptz)
         or exists (select 1 from transaction h where h.terminal_id = t.id and h.at >= ${from}::timestamptz
           and h.at < ${before}::timestamptz))) as has`)
