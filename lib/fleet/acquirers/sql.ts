import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import { within, type Counted } from "@/lib/fleet/catalogue/within"

/** All acquirers sorted by name, or the one with this id. */
export const acquirers = (db: Db, id: number | null = null) =>
  db.query<Omit<Acquirer, "terminals">>(sql`
  select q.id, q.code, q.name, q.code_system as "codeSystem", q.contact_name as "contactName",
         q.contact_phone as "contactPhone", q.contact_email as "contactEmail",
         q.fee_percent::float8 as "feePercent", q.fee_note as "feeNote",
         q.terminal_price_minor as "terminalPriceMinor", q.deposit_minor as "depositMinor",
         q.currency, q.offline_hours as "offlineHours", q.note
    from acquirer q
   where ${id}::bigint is null or q.id = ${id}::bigint
   order by q.name
   limit 1000`)

/** Terminals that have a TID of each acquirer, or of the one with this id. */
export const terminalsByAcquirer = (db: Db, { id = null, stores = null }: Counted) =>
  db.query<{ id: number; terminals: number }>(sql`
  select a.acquirer_id as id, count(distinct a.terminal_id) as terminals
    from terminal_tid a
   where a.to_at is null and a.acquirer_id is not null
     and (${id}::bigint is null or a.acquirer_id = ${id}::bigint) ${within(sql`a.terminal_id`, stores)}
   group by 1`)

export const insertAcquirer = (db: Db, orgId: string, draft: AcquirerDraft) =>
  db.query<{ id: number }>(sql`
  insert into acquirer (org_id, code, name, code_system, contact_name, contact_phone, contact_email,
    fee_percent, fee_note, terminal_price_minor, deposit_minor, currency, offline_hours, note)
  values (${orgId}::uuid, ${draft.code}, ${draft.name}, ${draft.codeSystem}, ${draft.contactName},
    ${draft.contactPhone}, ${draft.contactEmail},
          ${draft.feePercent}::numeric, ${draft.feeNote}, ${draft.terminalPriceMinor}, ${draft.depositMinor},
          ${draft.currency}, ${draft.offlineHours}::int, ${draft.note})
  returning id`)

export const updateAcquirer = (db: Db, id: number, draft: AcquirerDraft) =>
  db.query(sql`
  update acquirer
     set code = ${draft.code}, name = ${draft.name}, code_system = ${draft.codeSystem},
         contact_name = ${draft.contactName}, contact_phone = ${draft.contactPhone},
         contact_email = ${draft.contactEmail}, fee_percent = ${draft.feePercent}::numeric,
         fee_note = ${draft.feeNote},
         terminal_price_minor = ${draft.terminalPriceMinor}, deposit_minor = ${draft.depositMinor},
         currency = ${draft.currency}, offline_hours = ${draft.offlineHours}::int, note = ${draft.note}
   where id = ${id}::bigint`)

/** A row if sales of the last year name the acquirer. The days let the key find its rows. */
export const acquirerIsSold = (db: Db, id: number) =>
  db.query<{ day: string }>(sql`
  select s.day
    from segment_day s
   where s.org_id = ${ownOrg} and s.store_id = 0 and s.dimension = 'acquirer' and s.value = ${String(id)}
     and s.day >= current_date - 366 and s.day <= current_date + 1
   limit 1`)

export const deleteAcquirer = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`delete from acquirer where id = ${id}::bigint returning id`)
