import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

declare const named: unique symbol

/**
 * A temporary table of the transaction that made it. A statement names it as `${table}`, and a step that
 * needs it takes it as an argument. README.md says what its rows are.
 */
export type TemporaryTable<Name extends string> = Sql & { readonly [named]: Name }

const plainName = /^[a-z_]+$/

/** A table's name in a statement. */
export function tableName(name: string): Sql {
  if (!plainName.test(name)) throw new Error(`not a plain name: ${name}`)
  return raw(name)
}

/** A table that exists, by its type. */
const made = <Name extends string>(name: Name) => tableName(name) as TemporaryTable<Name>

/** Makes a temporary table of the rows that `select` finds. It goes when the transaction ends. */
export async function makeTemporary<Name extends string>(
  db: Db,
  name: Name,
  select: Sql,
): Promise<TemporaryTable<Name>> {
  const table = made(name)
  await db.query(sql`create temporary table ${table} on commit drop as ${select}`)
  return table
}

/** Tells the planner the table's size. */
export const analyse = <Name extends string>(db: Db, table: TemporaryTable<Name>) =>
  db.query(sql`analyze ${table}`)
