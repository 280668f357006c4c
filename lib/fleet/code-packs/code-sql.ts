import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { CodeMeaning } from "@/lib/fleet/code-packs/schemas"

type Asked = { codeSystem: string; code: string }

const meaning = sql`
  c.cause, c.subcause, c.remedy, c.retry, c.device_attributable, c.confidence, c.meaning_en, c.meaning_zh`

/** What a code means in the newest shipped table of its system. */
export const shippedMeaning = (db: Db, { codeSystem, code }: Asked) =>
  db.query<CodeMeaning>(sql`
  select ${meaning}
    from response_code c
   where c.code = ${code} and c.pack_id = (
     select id from code_pack
      where code_system = ${codeSystem} and org_id is null order by version desc limit 1)`)

export type OwnVersion = {
  version: number
  at: Date
  by: string | null
  /** Null in a version that leaves the code out. */
  meaning: CodeMeaning | null
}

/** What a code meant in each version of the organisation's table of a system, oldest first. */
export const ownVersions = (db: Db, { codeSystem, code }: Asked) =>
  db.query<OwnVersion>(sql`
  select p.version, p.created_at as at, p.made_by as by,
         case when c.id is not null then jsonb_build_object('cause', c.cause, 'subcause', c.subcause,
           'remedy', c.remedy, 'retry', c.retry, 'device_attributable', c.device_attributable,
           'confidence', c.confidence, 'meaning_en', c.meaning_en, 'meaning_zh', c.meaning_zh) end as meaning
    from code_pack p
    left join response_code c on c.pack_id = p.id and c.code = ${code}
   where p.code_system = ${codeSystem} and p.org_id = ${ownOrg}
   order by p.version`)

export type Elsewhere = CodeMeaning & { codeSystem: string }

/** What the code means in the newest shipped tables of other systems. Case does not count. */
export const meaningsElsewhere = (db: Db, { codeSystem, code }: Asked) =>
  db.query<Elsewhere>(sql`
  with newest as (
    select distinct on (code_system) id, code_system
      from code_pack
     where org_id is null and code_system <> ${codeSystem}
     order by code_system, version desc)
  select distinct on (n.code_system) n.code_system as "codeSystem", ${meaning}
    from newest n
    join response_code c on c.pack_id = n.id and upper(c.code) = upper(${code})
   order by n.code_system, c.code = ${code} desc`)

export type SaleExample = { terminalId: number; serial: string; at: Date; entryMode: string }

export const lastSeen = (db: Db, { codeSystem, code }: Asked) =>
  db.query<{ at: Date }>(sql`
  select last_seen_at as at from unmapped_code where code_system = ${codeSystem} and code = ${code}`)

/** The newest failed sale with a code that no table had, from the week before the code was last seen. */
export const newestExample = (db: Db, { codeSystem, code, seenAt }: Asked & { seenAt: Date }) =>
  db.query<SaleExample>(sql`
  select v.terminal_id as "terminalId", t.serial, v.happened_at as at, v.entry_mode as "entryMode"
    from verdict v
    join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
    join terminal t on t.id = v.terminal_id
   where v.org_id = ${ownOrg} and v.kind = 'unknown'
     and v.happened_at > ${seenAt}::timestamptz - interval '7 days'
     and v.happened_at < ${seenAt}::timestamptz + interval '1 day'
     and h.code_system = ${codeSystem} and trim(h.code) = ${code}
   order by v.happened_at desc
   limit 1`)
