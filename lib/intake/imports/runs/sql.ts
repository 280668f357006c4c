import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { Source } from "@/lib/intake/imports/files/source-form"
import type { FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { Detected, LeftOutField } from "@/lib/intake/imports/runs/schemas"
import type { ImportState } from "@/lib/intake/imports/words"

export const beginUpload = (
  db: Db,
  { orgId, fileName, kind }: { orgId: string; fileName: string; kind: string | null },
) =>
  db.query<{ id: string }>(sql`
  insert into import_run (org_id, file_name, file_hash, kind)
  values (${orgId}::uuid, ${fileName}, '', ${kind}) returning id`)

export type Chunk = { number: number; first_row: number; row_count: number; bytes: Buffer }

export const insertChunk = (
  db: Db,
  { orgId, importId, number, first_row, row_count, bytes }: Chunk & { orgId: string; importId: string },
) =>
  db.query(sql`
  insert into import_chunk (import_id, number, org_id, first_row, row_count, bytes)
  values (${importId}::uuid, ${number}::int, ${orgId}::uuid, ${first_row}::int, ${row_count}::int,
    ${bytes}::bytea)`)

/** The first chunk that has rows at or after this one. */
export const chunkFrom = (db: Db, { importId, row }: { importId: string; row: number }) =>
  db.query<Chunk>(sql`
  select number, first_row, row_count, bytes
    from import_chunk
   where import_id = ${importId}::uuid and first_row + row_count > ${row}::int
   order by number
   limit 1`)

export const endUpload = (
  db: Db,
  {
    importId,
    totalRows,
    fileHash,
    detected,
    facts,
    source,
  }: {
    importId: string
    totalRows: number
    fileHash: string
    detected: Detected
    facts: FileFacts
    source: Source | null
  },
) =>
  db.query(sql`
  update import_run
     set state = 'uploaded', total_rows = ${totalRows}::int, file_hash = ${fileHash},
         detected = ${JSON.stringify(detected)}::jsonb, facts = ${JSON.stringify(facts)}::jsonb,
         source = ${source === null ? null : JSON.stringify(source)}::jsonb, uploaded_at = now()
   where id = ${importId}::uuid`)

export const deleteChunks = (db: Db, importId: string) =>
  db.query(sql`delete from import_chunk where import_id = ${importId}::uuid`)

/** Locks a file that was uploaded and not started. No row if it was started or deleted. */
export const lockUploaded = (db: Db, importId: string) =>
  db.query<{ id: string }>(sql`
  select id from import_run where id = ${importId}::uuid and state = 'uploaded' for update`)

type Reread = { importId: string; from: string }

/** Gives a file the rows of another run and what was found in them. Its mapping and results are removed. */
export const takeRows = async (db: Db, { importId, from }: Reread): Promise<void> => {
  await db.query(sql`
    update import_chunk set import_id = ${importId}::uuid where import_id = ${from}::uuid`)
  await db.query(sql`
    update import_run r
       set total_rows = f.total_rows, file_hash = f.file_hash, detected = f.detected, facts = f.facts,
           mapping = null, profile = null
      from import_run f
     where r.id = ${importId}::uuid and f.id = ${from}::uuid`)
}

export const deleteRun = (db: Db, importId: string) =>
  db.query(sql`delete from import_run where id = ${importId}::uuid`)

export type RunRow = {
  id: string
  state: ImportState
  kind: string | null
  profile: string | null
  file_name: string
  file_hash: string
  total_rows: number
  rows_done: number
  accepted: number
  duplicates: number
  rejected: number
  left_out: LeftOutField[]
  error: string | null
  uploaded_at: Date
  started_at: Date | null
  finished_at: Date | null
  is_dry: boolean
  checked_at: Date | null
}

const columns = sql`id, state, kind, profile, file_name, file_hash, total_rows, rows_done,
  accepted, duplicates, rejected, left_out, error, uploaded_at, started_at, finished_at, is_dry, checked_at`

/** Newest first. */
export const runOrder: ListOrder = {
  list: "imports",
  keys: [
    { value: sql`uploaded_at`, type: "timestamptz" },
    { value: sql`id`, type: "uuid" },
  ],
  isDescending: true,
}

// Incomplete uploads are left out.
const isWhole = sql`state <> 'uploading'`

export const runPage = (db: Db, slice: Slice) =>
  db.query<RunRow & { place: Place }>(sql`
  select ${columns}, ${slice.place} as place
    from import_run
   where ${isWhole} and ${slice.condition}
  ${slice.ordered}`)

export const allRuns = sql`select 1 from import_run where ${isWhole}`

export type WholeRun = RunRow & {
  detected: Detected | null
  /** The form of its masked copy; null if there is none. */
  source: Source | null
  facts: FileFacts | null
  mapping: Profile | null
  has_chunks: boolean
}

export const runById = (db: Db, importId: string) =>
  db.query<WholeRun>(sql`
  select ${columns}, detected, facts, source, mapping,
         exists (select 1 from import_chunk c where c.import_id = r.id) as has_chunks
    from import_run r
   where id = ${importId}::uuid`)

/** The unfinished run of the same rows with the same profile. */
export const stoppedRun = (
  db: Db,
  { profile, fileHash, except }: { profile: string; fileHash: string; except: string },
) =>
  db.query<{ id: string }>(sql`
  select id
    from import_run r
   where profile = ${profile} and file_hash = ${fileHash} and id <> ${except}::uuid
     and state in ('queued', 'running', 'failed', 'cancelled')
     and exists (select 1 from import_chunk c where c.import_id = r.id)
   order by uploaded_at desc, id desc
   limit 1`)

type Queued = { importId: string; mapping: Profile; from: readonly ImportState[]; isDry?: boolean }

/**
 * Queues the run for a worker, which is expected within five minutes. No row if its state is not in `from`.
 */
export const queueRun = (db: Db, { importId, mapping, from, isDry = false }: Queued) =>
  db.query<{ id: string }>(sql`
  update import_run
     set state = 'queued', mapping = ${JSON.stringify(mapping)}::jsonb, profile = ${mapping.name},
         kind = ${mapping.kind}, error = null, finished_at = null,
         is_dry = ${isDry}::boolean, worked_until = now() + interval '5 minutes'
   where id = ${importId}::uuid and state = any(${[...from]}::text[])
  returning id`)

/** A cancelled dry run of a file that was not started yet keeps the file. */
export const cancelRun = (db: Db, importId: string) =>
  db.query<{ id: string }>(sql`
  update import_run
     set state = case when is_dry and state <> 'uploaded' then 'uploaded' else 'cancelled' end,
         finished_at = case when is_dry and state <> 'uploaded' then null else now() end, worked_until = null
   where id = ${importId}::uuid and state in ('uploaded', 'queued', 'running')
  returning id`)

/** Claims the run for two minutes. No row if it was cancelled, is done, or another worker has it. */
export const claimRun = (db: Db, importId: string) =>
  db.query<WholeRun>(sql`
  update import_run r
     set state = 'running', error = null, started_at = coalesce(started_at, now()), finished_at = null,
         card_refs_cleared_at = null,
         worked_until = now() + interval '2 minutes'
   where id = ${importId}::uuid and (state = 'queued' or (state = 'running' and worked_until < now()))
  returning ${columns}, detected, facts, source, mapping, true as has_chunks`)

export type Counts = { rowsDone: number; accepted: number; duplicates: number; rejected: number }

type Progress = Counts & {
  importId: string
  rowsBefore: number
  leftOut: readonly LeftOutField[]
  minAt: string | null
  maxAt: string | null
}

/**
 * Records a stored slice, and keeps the claim for two more minutes. No row if the run was cancelled or
 * another worker continued it.
 */
export const noteProgress = (db: Db, { importId, rowsBefore, leftOut, minAt, maxAt, ...counts }: Progress) =>
  db.query<{ id: string }>(sql`
  update import_run
     set rows_done = ${counts.rowsDone}::int, accepted = ${counts.accepted}::int,
         duplicates = ${counts.duplicates}::int, rejected = ${counts.rejected}::int,
         left_out = ${JSON.stringify(leftOut)}::jsonb,
         min_at = least(min_at, ${minAt}::timestamptz), max_at = greatest(max_at, ${maxAt}::timestamptz),
         worked_until = now() + interval '2 minutes'
   where id = ${importId}::uuid and state = 'running' and rows_done = ${rowsBefore}::int
  returning id`)

export const finishRun = (db: Db, importId: string) =>
  db.query(sql`
  update import_run
     set state = case when is_dry then 'uploaded' else 'done' end, finished_at = case when is_dry then null
       else now() end,
         checked_at = case when is_dry then now() else checked_at end, worked_until = null
   where id = ${importId}::uuid and state = 'running'`)

/** Releases a run that stopped early: for another attempt within ten minutes, or as failed. */
export const giveRunBack = (
  db: Db,
  { importId, error, isFinal }: { importId: string; error: string; isFinal: boolean },
) =>
  db.query(sql`
  update import_run
     set state = ${isFinal ? "failed" : "queued"}, error = ${error},
         finished_at = case when ${isFinal}::boolean then now() end,
         worked_until = now() + interval '10 minutes'
   where id = ${importId}::uuid and state = 'running'`)

/** Starts again: deletes the results of an earlier dry run. */
export async function deleteResults(db: Db, importId: string): Promise<void> {
  await db.query(sql`delete from import_result where import_id = ${importId}::uuid`)
  await db.query(sql`delete from import_reject where import_id = ${importId}::uuid`)
  await db.query(
    sql`
      update import_run set rows_done = 0, accepted = 0, duplicates = 0, rejected = 0, left_out = '[]',
        checked_at = null
      where id = ${importId}::uuid`,
  )
}

/** Updates the planner's statistics after a file has filled the tables. Needs a transaction of its own. */
export const countAnew = (db: Db) => db.query(sql`select count_terminals_anew()`)
