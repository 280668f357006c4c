import sql, { raw, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Kind } from "@/lib/fleet/code-packs/kind"
import { millionths, observedName } from "@/lib/rollups/reference/rate-names"

/** A kind's failures, and those expected. */
const counts = (kind: Kind): Sql => sql`
  sum(d.${raw(observedName(kind))})::int as observed,
  sum(d.${raw(`e_${kind}`)})::float8 / ${millionths}::float8 as expected`

type Asked = { id: number; kind: Kind; first: string }

export const daysOf = (db: Db, { id, kind, first }: Asked) =>
  db.query<{ day: string; observed: number; expected: number }>(sql`
  select d.day, ${counts(kind)}
    from terminal_day d
   where d.terminal_id = ${id}::bigint and d.org_id = ${ownOrg} and d.day >= ${first}::date
     and d.presentments > 0
   group by 1
   order by 1`)

export const modelOf = (db: Db, id: number) =>
  db.query<{ model: number | null }>(sql`
  select model_id as model from terminal where org_id = ${ownOrg} and id = ${id}::bigint`)

/** A sample of other terminals of a model. terminal_sample_idx has its order. */
export const othersOf = (db: Db, { id, model, most }: { id: number; model: number | null; most: number }) =>
  db.query<{ id: number; serial: string }>(sql`
  select p.id, p.serial
    from terminal p
   where p.org_id = ${ownOrg} and p.id <> ${id}::bigint and p.merged_into is null
     and ${model === null ? sql`p.model_id is null` : sql`p.model_id = ${model}::bigint`}
   order by hashint8(p.id)
   limit ${most}::int`)

export const sumsOf = (db: Db, { ids, kind, first }: { ids: readonly number[]; kind: Kind; first: string }) =>
  db.query<{ id: number; observed: number; expected: number }>(sql`
  select d.terminal_id as id, ${counts(kind)}
    from terminal_day d
   where d.terminal_id = any(${[...ids]}::bigint[]) and d.org_id = ${ownOrg} and d.day >= ${first}::date
   group by 1`)
