import sql, { empty } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { RowOutcome } from "@/lib/fleet/terminals/words"
import type { RejectedRow, RowResult } from "@/lib/intake/imports/runs/schemas"

export const insertRejects = (
  db: Db,
  { orgId, importId, rows }: { orgId: string; importId: string; rows: RejectedRow[] },
) =>
  db.query(sql`
  insert into import_reject (import_id, line, org_id, code, field, message, row)
  select ${importId}::uuid, r.line, ${orgId}::uuid, r.code, r.field, r.message, r.row
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line int, code text, field text,
      message text, row text)
  on conflict (import_id, line) do nothing`)

export const rejectsAfter = (
  db: Db,
  { importId, after, limit }: { importId: string; after: number; limit: number },
) =>
  db.query<RejectedRow>(sql`
  select line, code, field, message, row
    from import_reject
   where import_id = ${importId}::uuid and line > ${after}::int
   order by line
   limit ${limit}`)

/** Earlier lines with the same terminals or the same TIDs. */
export const earlierLines = (
  db: Db,
  { importId, before, serials }: { importId: string; before: number; serials: string[] },
) =>
  db.query<{ serial: string; line: number }>(sql`
  select serial, min(line) as line
    from import_result
   where import_id = ${importId}::uuid and serial = any(${serials}::text[]) and line < ${before}::int
   group by serial`)

export const earlierTids = (
  db: Db,
  { importId, before, tids }: { importId: string; before: number; tids: string[] },
) =>
  db.query<{ tid: string; acquirer: string | null; serial: string; line: number }>(sql`
  select tid, acquirer, serial, line from import_result where import_id = ${importId}::uuid
    and tid = any(${tids}::text[]) and line < ${before}::int`)

export type ResultRow = Pick<RowResult, "line" | "serial" | "outcome" | "changes" | "refusal"> & {
  tid: string | null
  acquirer: string | null
}

export const insertResults = (
  db: Db,
  { orgId, importId, rows }: { orgId: string; importId: string; rows: ResultRow[] },
) =>
  db.query(sql`
  insert into import_result (import_id, line, org_id, outcome, serial, tid, acquirer, changes, refusal)
  select ${importId}::uuid, r.line, ${orgId}::uuid, r.outcome, r.serial, r.tid, r.acquirer, r.changes,
         r.refusal
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line int, outcome text, serial text,
      tid text, acquirer text, changes jsonb, refusal jsonb)`)

export const resultOrder: ListOrder = {
  list: "import results",
  keys: [{ value: sql`line`, type: "int" }],
}

export const resultPage = (
  db: Db,
  { importId, outcome }: { importId: string; outcome: string | null },
  slice: Slice,
) =>
  db.query<RowResult & { place: Place }>(sql`
  select line, serial, outcome, changes, nullif(refusal, 'null'::jsonb) as refusal, ${slice.place} as place
    from import_result
   where import_id = ${importId}::uuid and ${slice.condition}
     ${outcome === null ? empty : sql`and outcome = ${outcome}`}
  ${slice.ordered}`)

export const resultCounts = (db: Db, importId: string) =>
  db.query<{ outcome: RowOutcome; rows: number }>(sql`
  select outcome, count(*)::int as rows from import_result where import_id = ${importId}::uuid
  group by outcome`)
