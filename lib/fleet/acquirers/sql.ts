import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"

/** All acquirers sorted by name, or the one with this id. */
export const acquirers = (db: Db, id: number | null = null) =>
  db.query<Acquirer>(sql`
  select q.id, q.code, q.name, q.code_system as "codeSystem", q.contact_name as "contactName",
         q.contact_phone as "contactPhone", q.contact_email as "contactEmail",
         q.fee_percent::float8 as "feePercent", q.fee_note as "feeNote",
         q.terminal_price_minor as "terminalPriceMinor", q.deposit_minor as "depositMinor",
         q.currency, q.note,
         (select count(distinct a.terminal_id) from terminal_tid a where a.acquirer_id = q.id
           and a.to_at is null) as terminals
    from acquirer q
   where ${id}::bigint is null or q.id = ${id}::bigint
   order by q.name
   limit 1000`)

export const insertAcquirer = (db: Db, orgId: string, draft: AcquirerDraft) =>
  db.query<{ id: number }>(sql`
  insert into acquirer (org_id, code, name, code_system, contact_name, contact_phone, contact_email,
    fee_percent, fee_note, terminal_price_minor, deposit_minor, currency, note)
  values (${orgId}::uuid, ${draft.code}, ${draft.name}, ${draft.codeSystem}, ${draft.contactName},
    ${draft.contactPhone}, ${draft.contactEmail},
          ${draft.feePercent}::numeric, ${draft.feeNote}, ${draft.terminalPriceMinor}, ${draft.depositMinor},
          ${draft.currency}, ${draft.note})
  returning id`)

export const updateAcquirer = (db: Db, id: number, draft: AcquirerDraft) =>
  db.query(sql`
  update acquirer
     set code = ${draft.code}, name = ${draft.name}, code_system = ${draft.codeSystem},
         contact_name = ${draft.contactName}, contact_phone = ${draft.contactPhone},
         contact_email = ${draft.contactEmail}, fee_percent = ${draft.feePercent}::numeric,
         fee_note = ${draft.feeNote},
         terminal_price_minor = ${draft.terminalPriceMinor}, deposit_minor = ${draft.depositMinor},
         currency = ${draft.currency}, note = ${draft.note}
   where id = ${id}::bigint`)

/** No row if sales of the last year name the acquirer. Checks one index entry for each day. */
export const deleteAcquirer = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`
  delete from acquirer q
   where q.id = ${id}::bigint
     and not exists (
       select from generate_series(current_date - 366, current_date + 1, interval '1 day') as sold (day)
         join segment_day s on s.org_id = q.org_id and s.store_id = 0 and s.day = sold.day::date
           and s.dimension = 'acquirer' and s.value = ${String(id)})
  returning q.id`)
