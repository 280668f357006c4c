import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { Diagnosis } from "@/lib/insight/diagnoses/schemas"
import type { Attributable, Confidence } from "@/lib/insight/verdicts/priors"

export type AskedTerminal = {
  id: number
  storeId: number
  codeSystem: string | null
  acquirerId: number | null
}

/**
 * The terminal with this serial number or current TID, within reach, with its code system. A serial number
 * of a merged terminal leads to the other one.
 */
export const askedTerminal = (db: Db, key: string) =>
  db.query<AskedTerminal>(sql`
  select t.id, p.store_id as "storeId", coalesce(q.code_system, t.code_system) as "codeSystem",
         d.acquirer_id as "acquirerId"
    from terminal t
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    left join terminal_tid d on d.terminal_id = t.id and d.to_at is null
    left join acquirer q on q.id = d.acquirer_id
   where t.org_id = ${ownOrg} and t.merged_into is null
     and t.id in (
       select coalesce(o.merged_into, o.id)
         from terminal o where o.org_id = ${ownOrg} and o.serial_key = ${key}
       union all
       select o.terminal_id
         from terminal_tid o where o.org_id = ${ownOrg} and o.tid_key = ${key} and o.to_at is null)
   order by t.serial_key = ${key} desc, coalesce(d.tid_key = ${key}, false) desc, t.id, d.acquirer_id
   limit 1`)

export type AskedCode = {
  code: string
  cause: Cause | "none"
  subcause: string
  remedy: string
  confidence: Confidence
  attributable: Attributable
  meaningEn: string
  meaningZh: string
}

/**
 * The codes of a system as they count now, the organisation's own before shipped ones: the one asked for, or
 * those whose code or meaning is in what the screen says, the longest first.
 */
export const askedCodes = (
  db: Db,
  { codeSystem, code, screen }: { codeSystem: string; code: string | null; screen: string | null },
) =>
  db.query<AskedCode>(sql`
  with active as (
    select distinct on (org_id is null) id, org_id is null as is_shipped
      from code_pack
     where code_system = ${codeSystem}
     order by org_id is null, version desc),
  known as (
    select distinct on (c.code) c.*
      from active a
      join response_code c on c.pack_id = a.id
     order by c.code, a.is_shipped)
  select code, cause, subcause, remedy, confidence, device_attributable as attributable,
         meaning_en as "meaningEn", meaning_zh as "meaningZh"
    from known
   where code = ${code}
      or (${code}::text is null and ${screen}::text is not null
        and (upper(code) = any (regexp_split_to_array(upper(${screen}), '[^[:alnum:]-]+'))
          or (length(meaning_zh) > 1 and position(meaning_zh in ${screen}) > 0)
          or (length(meaning_en) > 4 and position(lower(meaning_en) in lower(${screen})) > 0)))
   order by cause = 'none', length(code) desc, code
   limit 1`)

export type Contact = { who: string; phone: string }
export type TerminalContact = Contact & { of: "acquirer" | "supplier" }

/** The acquirers that a terminal sells through and its supplier, as far as they have a telephone number. */
export const contactsOfTerminal = (db: Db, terminalId: number) =>
  db.query<TerminalContact>(sql`
  select 'acquirer' as of, q.name as who, q.contact_phone as phone
    from terminal_tid d
    join acquirer q on q.id = d.acquirer_id
   where d.terminal_id = ${terminalId}::bigint and d.to_at is null and q.contact_phone <> ''
  union
  select 'supplier', u.name, u.contact_phone
    from terminal t
    join supplier u on u.id = t.supplier_id
   where t.id = ${terminalId}::bigint and u.contact_phone <> ''
   order by 1, 2`)

export type OpenIncident = {
  class: Diagnosis["incidents"][number]["class"]
  name: string | null
  opened_at: Date
  stores: number
  zone: string
}

const mostIncidents = 3

/** Open incidents that reach a terminal or the cards that come to it, the newest first. */
export const incidentsAt = (
  db: Db,
  { orgId, terminalId, issuer }: { orgId: string; terminalId: number; issuer: string },
) =>
  db.query<OpenIncident>(sql`
  select i.class, coalesce(a.name, i.value) as name, i.opened_at, s.time_zone as zone,
         (select count(distinct c.store_id) from incident_member c where c.incident_id = i.id)::int as stores
    from terminal_store p
    join store s on s.id = p.store_id
    join incident i on i.org_id = ${orgId}::uuid and i.closed_at is null
    left join acquirer a on a.id = i.acquirer_id
   where p.terminal_id = ${terminalId}::bigint and p.to_at is null
     and case i.class
           when 'issuer' then ${issuer} = '' or starts_with(${issuer}, i.value)
           when 'store network' then i.store_id = p.store_id
           when 'acquirer' then i.acquirer_id in (
             select d.acquirer_id from terminal_tid d
              where d.terminal_id = p.terminal_id and d.to_at is null)
           when 'carrier' then exists (
             select from incident_member c where c.incident_id = i.id and c.terminal_id = p.terminal_id)
           else false end
   order by i.opened_at desc, i.id desc
   limit ${mostIncidents}::int`)
