import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

type Spelling = { key: string; name: string }

/**
 * Serial numbers with these keys. The first spelling of each key comes last, so that it wins. The name of a
 * merged terminal is that of the one that is kept.
 */
export const serialSpellings = (db: Db, keys: string[]) =>
  db.query<Spelling>(sql`
  select t.serial_key as key, k.serial as name
    from terminal t join terminal k on k.id = coalesce(t.merged_into, t.id)
   where t.serial_key = any(${keys}::text[])
   order by t.spelling desc`)

/**
 * TIDs with these keys. The first of each key comes last, except that one which is assigned now comes after
 * it.
 */
export const tidSpellings = (db: Db, keys: string[]) =>
  db.query<Spelling>(sql`
  select a.tid_key as key, a.tid as name from terminal_tid a
   where a.tid_key = any(${keys}::text[])
   order by a.to_at is null, a.id desc`)

type Alike = { id: number; serial: string }

/** Other terminals whose serial number differs by case, blanks and dashes only, without merged ones. */
export const terminalsAlike = (db: Db, terminalId: number) =>
  db.query<Alike>(sql`
  select o.id, o.serial
    from terminal t join terminal o on o.serial_bare = t.serial_bare and o.id <> t.id
   where t.id = ${terminalId}::bigint and t.merged_into is null and o.merged_into is null
   order by o.id
   limit 10`)

type Merged = { id: number; serial: string; is_kept: boolean }

/** The terminal that a terminal was merged into, and those that were merged into it. */
export const mergedTerminals = (db: Db, terminalId: number) =>
  db.query<Merged>(sql`
  select o.id, o.serial, o.id = t.merged_into as is_kept
    from terminal t join terminal o on o.id = t.merged_into or o.merged_into = t.id
   where t.id = ${terminalId}::bigint
   order by o.id
   limit 50`)
