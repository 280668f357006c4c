import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

type Part = { importId: string; number: number }

export const insertSource = (
  db: Db,
  { orgId, importId, number, bytes }: Part & { orgId: string; bytes: Buffer },
) =>
  db.query(sql`
  insert into import_source (import_id, number, org_id, bytes)
  values (${importId}::uuid, ${number}::int, ${orgId}::uuid, ${bytes}::bytea)`)

export const sourcePart = (db: Db, { importId, number }: Part) =>
  db.query<{ bytes: Buffer }>(sql`
  select bytes from import_source where import_id = ${importId}::uuid and number = ${number}::int`)

export const deleteSource = async (db: Db, importId: string): Promise<void> => {
  await db.query(sql`delete from import_source where import_id = ${importId}::uuid`)
  await db.query(sql`update import_run set source = null where id = ${importId}::uuid`)
}
