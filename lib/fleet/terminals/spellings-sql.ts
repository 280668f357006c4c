import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

type Spelling = { key: string; name: string }

/** Serial numbers with these keys. The first spelling of each key comes last, so that it wins. */
export const serialSpellings = (db: Db, keys: string[]) =>
  db.query<Spelling>(sql`
  select t.serial_key as key, t.serial as name from terminal t
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

/** Other terminals whose serial number differs by case, blanks and dashes only. */
export const terminalsAlike = (db: Db, terminalId: number) =>
  db.query<Alike>(sql`
  select o.id, o.serial
    from terminal t join terminal o on o.serial_bare = t.serial_bare and o.id <> t.id
   where t.id = ${terminalId}::bigint
   order by o.id
   limit 10`)
