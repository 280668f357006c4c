import sql from "sql-template-tag"
import type { Organisation } from "@/lib/access/organisation/schemas"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

export const nameAndZone = (db: Db) =>
  db.query<Pick<Organisation, "name" | "timeZone">>(sql`
  select name, time_zone as "timeZone" from organisation where id = ${ownOrg}`)

export const placeholderSerials = (db: Db) =>
  db.query<{ serials: string[] | null }>(sql`
  select placeholder_serials as serials from organisation where id = ${ownOrg}`)

export const lockOrganisation = (db: Db, id: string) =>
  db.query(sql`select id from organisation where id = ${id}::uuid for update`)

export const organisationRow = (db: Db, id: string) =>
  db.query<Organisation>(sql`
  select name, time_zone as "timeZone", language, raw_retention_days as "rawRetentionDays",
         hour_retention_days as "hourRetentionDays",
         day_retention_years as "dayRetentionYears", currency,
         terminal_price_minor as "terminalPriceMinor", visit_cost_minor as "visitCostMinor",
         parts_cost_minor as "partsCostMinor", downtime_hour_minor as "downtimeHourMinor",
         downtime_hours as "downtimeHours", enrol_unknown as "enrolUnknown",
         coalesce(placeholder_serials, '{}') as "placeholderSerials"
    from organisation
   where id = ${id}::uuid`)

export const updateOrganisation = (db: Db, id: string, next: Organisation) =>
  db.query(sql`
  update organisation
     set name = ${next.name}, time_zone = ${next.timeZone}, language = ${next.language},
         raw_retention_days = ${next.rawRetentionDays}::int,
         hour_retention_days = ${next.hourRetentionDays}::int,
         day_retention_years = ${next.dayRetentionYears}::int, currency = ${next.currency},
         terminal_price_minor = ${next.terminalPriceMinor}::bigint,
         visit_cost_minor = ${next.visitCostMinor}::bigint,
         parts_cost_minor = ${next.partsCostMinor}::bigint,
         downtime_hour_minor = ${next.downtimeHourMinor}::bigint,
         downtime_hours = ${next.downtimeHours}::int, enrol_unknown = ${next.enrolUnknown}::boolean,
         placeholder_serials = ${next.placeholderSerials}::text[]
   where id = ${id}::uuid`)

/** Organisations with this name or id. Null for all. */
export const organisationsLike = (db: Db, name: string | null) =>
  db.query<{ id: string; name: string }>(sql`
  select id, name from organisation
   where ${name}::text is null or name = ${name}::text or id::text = ${name}::text
   order by created_at, id`)
