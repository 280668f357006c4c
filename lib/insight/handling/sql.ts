import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { isAsking } from "@/lib/fleet/catalogue/open-flags"
import { isOpenStore } from "@/lib/fleet/stores/open-store"
import { flagColumns, flagNames, type FlagRow } from "@/lib/insight/flags/flag-row"
import type { Outcome } from "@/lib/insight/flags/outcomes"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"
import type { Change, Event } from "@/lib/insight/handling/schemas"

export type Handled = {
  id: number
  rule: RuleName
  kind: FlagKind
  subject: string
  terminal_id: number | null
  store_id: number | null
  serial: string | null
  is_out_of_service: boolean
}

/** The open ones of these flags, locked in order, with the store where their terminal is now. */
export const lockOpenFlags = (db: Db, ids: readonly number[]) =>
  db.query<Handled>(sql`
  select f.id, f.rule, f.kind, f.subject, f.terminal_id,
         coalesce(p.store_id, f.store_id) as store_id, t.serial,
         coalesce(u.status <> 'active', false) or not ${isOpenStore} as is_out_of_service
    from flag f
    left join terminal t on t.id = f.terminal_id
    left join terminal_store p on p.terminal_id = f.terminal_id and p.to_at is null
    left join store s on s.id = p.store_id
    left join terminal_status u on u.terminal_id = f.terminal_id and u.to_at is null
   where f.org_id = ${ownOrg} and f.id = any(${[...ids]}::bigint[]) and f.status = 'open'
   order by f.id
     for update of f`)

const update = (db: Db, ids: readonly number[], set: Sql) =>
  db.query(sql`update flag set ${set} where id = any(${[...ids]}::bigint[])`)

export const acknowledge = (db: Db, ids: readonly number[], now: Date) =>
  update(db, ids, sql`acknowledged_at = coalesce(acknowledged_at, ${now}::timestamptz)`)

export const assign = (db: Db, ids: readonly number[], to: string | null) =>
  update(db, ids, sql`assignee = ${to}`)

export const snooze = (db: Db, ids: readonly number[], until: string | null) =>
  update(db, ids, sql`snoozed_until = ${until}::timestamptz`)

export const closeFlags = (db: Db, ids: readonly number[], now: Date) =>
  update(db, ids, sql`status = 'closed', closed_at = ${now}::timestamptz`)

type By = { by: string; at: Date }

export const insertEvents = (db: Db, flags: readonly Handled[], change: Change, { by, at }: By) =>
  db.query(sql`
  insert into flag_event (org_id, flag_id, store_id, at, by, change)
  select ${ownOrg}, g.id, g.store_id, ${at}::timestamptz, ${by}, ${JSON.stringify(change)}::jsonb
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb) as g (id bigint, store_id bigint)`)

type Found = By & { outcome: Outcome; note: string | null }

export const insertFindings = (db: Db, flags: readonly Handled[], { outcome, note, by, at }: Found) =>
  db.query(sql`
  insert into finding (org_id, flag_id, rule, subject, terminal_id, store_id, outcome, note, found_at, by)
  select ${ownOrg}, g.id, g.rule, g.subject, g.terminal_id, g.store_id, ${outcome}, ${note},
         ${at}::timestamptz, ${by}
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb)
           as g (id bigint, rule text, subject text, terminal_id bigint, store_id bigint)`)

/** A flag that was shown. */
export const flagById = (db: Db, id: number) =>
  db.query<FlagRow>(sql`
  select ${flagColumns} from flag f ${flagNames}
   where f.org_id = ${ownOrg} and f.id = ${id}::bigint and f.status <> 'candidate'`)

export const eventsOf = (db: Db, flagId: number) =>
  db.query<{ at: Date; by: string; change: Event }>(sql`
  select at, by, change from flag_event where flag_id = ${flagId}::bigint order by id desc limit 200`)

export type RecordRow = { rule: RuleName; opened: number; open: number }

/** Flags by rule: those opened since then, and those that are open, snoozed and muted ones left out. */
export const countFlags = (db: Db, since: Date) =>
  db.query<RecordRow>(sql`
  select rule, count(*) filter (where opened_at >= ${since}::timestamptz)::int as opened,
         count(*) filter (where ${isAsking})::int as open
    from flag f
   where org_id = ${ownOrg} and (opened_at >= ${since}::timestamptz or status = 'open')
   group by 1`)

export const countFindings = (db: Db, since: Date) =>
  db.query<{ rule: RuleName; outcome: Outcome; count: number }>(sql`
  select rule, outcome, count(*)::int as count
    from finding
   where org_id = ${ownOrg} and found_at >= ${since}::timestamptz
   group by 1, 2`)
