import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

declare const named: unique symbol

/**
 * A temporary table of the current transaction. Statements name it as `${table}`; a step that needs it takes
 * it as an argument. README.md describes its rows.
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

/** Creates a temporary table from the rows of `select`. It is dropped when the transaction ends. */
export async function makeTemporary<Name extends string>(
  db: Db,
  name: Name,
  select: Sql,
): Promise<TemporaryTable<Name>> {
  const table = made(name)
  await db.query(sql`create temporary table ${table} on commit drop as ${select}`)
  return table
}

/** Whether a table has rows. Planning the steps for an empty one costs more than most rounds. */
export async function hasRows<Name extends string>(db: Db, table: TemporaryTable<Name>): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(sql`select exists (select from ${table}) as found`)
  return row?.found === true
}

/** Gives the planner the table's size. */
export const analyse = <Name extends string>(db: Db, table: TemporaryTable<Name>) =>
  db.query(sql`analyze ${table}`)
