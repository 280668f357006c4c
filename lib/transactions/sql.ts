import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

/** As `insertHeartbeats`: the same (terminal, id, at) again adds nothing. */
export async function insertTransactions(db: Db, rows: object[]): Promise<number> {
  const [counted] = await db.query<{ count: number }>(sql`
    with inserted as (
      insert into transaction
      select r.* from jsonb_populate_recordset(null::transaction, ${JSON.stringify(rows)}::jsonb) r
       order by r.terminal_id, r.id, r.at
      on conflict (terminal_id, id, at) do nothing
      returning 1)
    select count(*) as count from inserted`)
  return counted?.count ?? 0
}

type AcquirerRow = { id: number; code: string; code_system: string | null }

/** The acquirers of these codes; unknown ones are added under their code. */
export const acquirersOf = (db: Db, codes: string[]) => db.query<AcquirerRow>(sql`
  with added as (
    insert into acquirer (org_id, code, name)
    select nullif(current_setting('app.org_id', true), '')::uuid, given.code, given.code
      from unnest(${codes}::text[]) as given (code)
     where not exists (select 1 from acquirer a where a.code = given.code)
     order by given.code
    on conflict (org_id, code) do nothing
    returning id, code, code_system)
  select id, code, code_system from added
  union all
  select a.id, a.code, a.code_system from acquirer a where a.code = any(${codes}::text[])`)
