import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { SentCode } from "@/lib/fleet/code-packs/resolve-codes"
import type { Inserted } from "@/lib/intake/ingest/noun"

type InsertedSales = Inserted & {
  /** The codes of new rows that no code table has. */
  unmapped: SentCode[]
}

/** Like `insertHeartbeats`: a row with the same (terminal, id, at) adds nothing. */
export const insertTransactions = (db: Db, rows: object[]) =>
  db.query<InsertedSales>(sql`
  with inserted as (
    insert into transaction
    select r.* from jsonb_populate_recordset(null::transaction, ${JSON.stringify(rows)}::jsonb) r
     order by r.terminal_id, r.at, r.id
    on conflict (terminal_id, id, at) do nothing
    returning batch_id, code_system, code, response_code_id)
  select batch_id, count(*) as count,
         coalesce(jsonb_agg(jsonb_build_object('codeSystem', code_system, 'code', code))
                    filter (where code is not null and response_code_id is null), '[]') as unmapped
    from inserted
   group by 1`)

type AcquirerRow = { id: number; code: string; code_system: string | null }

/**
 * The acquirers of these codes; unknown ones are added under their code. The insert waits for a request that
 * adds the same one, which the second statement then sees.
 */
export async function acquirersOf(db: Db, codes: string[]): Promise<AcquirerRow[]> {
  await db.query(sql`
  insert into acquirer (org_id, code, name)
  select ${ownOrg}, given.code, given.code
    from unnest(${codes}::text[]) as given (code)
    left join acquirer a on a.code = given.code
   where a.id is null
   order by given.code
  on conflict (org_id, code) do nothing`)
  return db.query<AcquirerRow>(sql`
  select id, code, code_system from acquirer where code = any(${codes}::text[])`)
}
