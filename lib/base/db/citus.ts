import type pg from "pg"

/** Whether this database has the Citus extension, which distributes tables over several servers. */
export async function hasCitus(client: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(
    "select to_regproc('citus_version') is not null as has",
  )
  return rows[0]?.has === true
}
