import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

export type FoundCode = { code_system: string; code: string; id: number }

/** The rows of the active packs for pairs of code system and code: the organisation's newest pack, else the newest shipped one. */
export const findCodes = (db: Db, { codeSystems, codes }: { codeSystems: string[]; codes: string[] }) => db.query<FoundCode>(sql`
  with active as (
    select distinct on (code_system) code_system, id
      from code_pack
     where code_system = any(${codeSystems}::text[])
     order by code_system, org_id is null, version desc)
  select a.code_system, c.code, c.id
    from unnest(${codeSystems}::text[], ${codes}::text[]) as sent (code_system, code)
    join active a on a.code_system = sent.code_system
    join response_code c on c.pack_id = a.id and c.code = sent.code`)

type Unmapped = { codeSystem: string; code: string; count: number }

export const addUnmappedCodes = (db: Db, codes: Unmapped[]) => db.query(sql`
  insert into unmapped_code as u (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
  select nullif(current_setting('app.org_id', true), '')::uuid, c."codeSystem", c.code, now(), now(), c.count
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as c ("codeSystem" text, code text, count bigint)
   order by 2, 3
  on conflict (org_id, code_system, code) do update
     set last_seen_at = excluded.last_seen_at, seen_count = u.seen_count + excluded.seen_count`)
