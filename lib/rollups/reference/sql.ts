import sql, { join, raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { kinds } from "@/lib/fleet/code-packs/kind"
import { millionths, rateNames } from "@/lib/rollups/reference/rate-names"
import type { RateRow } from "@/lib/rollups/reference/rate-row"

const names = raw(rateNames.join(", "))

const arrayOf = (rows: readonly RateRow[], k: number): Sql =>
  sql`${rows.map(({ rates }) => Math.round((rates[k] ?? 0) * millionths))}::int[]`

/** Replaces the table of a day on which no store has begun. */
export const replaceTable = async (
  db: Db,
  { orgId, day, rows }: { orgId: string; day: string; rows: readonly RateRow[] },
) => {
  await db.query(sql`delete from reference_rate where org_id = ${orgId}::uuid and day = ${day}::date`)
  await db.query(sql`
    insert into reference_rate (org_id, day, issuer, entry_mode, ${names})
    select ${orgId}::uuid, ${day}::date, t.*
      from unnest(${rows.map(({ issuer }) => issuer)}::text[],
                  ${rows.map(({ entryMode }) => entryMode)}::text[],
                  ${join(kinds.map((_, k) => arrayOf(rows, k)))}) as t
     order by 3, 4`)
}

type Kept = { issuer: string; entry_mode: string; rates: number[] }

/** The table in force on a day. No rows if none is yet. */
export const tableOn = (db: Db, { orgId, day }: { orgId: string; day: string }) =>
  db.query<Kept>(sql`
    select r.issuer, r.entry_mode, array[${names}]::float8[] as rates
      from reference_rate r
     where r.org_id = ${orgId}::uuid
       and r.day = (select max(t.day) from reference_rate t
                     where t.org_id = ${orgId}::uuid and t.day <= ${day}::date)`)
