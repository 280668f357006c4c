import type pg from "pg"
import { asOwner, closeDatabase } from "@/lib/base/db/client"

// Everything that asks what time it is asks the database, or is told. So the database's clock is set, and
// nothing else: `now()` of a schema of its own is found before PostgreSQL's.

const setting = "tillwatch.played_at"
const literal = (at: Date) => `'${at.toISOString()}'`

/** Sets the database's clock. Connections that are open are closed, because they would keep the old time. */
export async function setClock(at: Date): Promise<void> {
  await asOwner((client) => changeDatabase(client, `set ${setting} = ${literal(at)}`))
  await closeDatabase()
}

const changeDatabase = async (client: pg.Client, change: string) => {
  const { rows } = await client.query<{ name: string }>("select quote_ident(current_database()) as name")
  await client.query(`alter database ${rows[0]?.name ?? ""} ${change}`)
}

/** Gives an empty database a clock that can be set. */
export async function installClock(at: Date): Promise<void> {
  await asOwner(async (client) => {
    await client.query(`
      create schema if not exists played;
      grant usage on schema played to public;
      create or replace function played.now() returns timestamptz language sql stable parallel safe
        as $$ select current_setting('${setting}')::timestamptz $$`)
    await changeDatabase(client, "set search_path = public, played, pg_catalog")
  })
  await setClock(at)
}

/** Columns that are filled with the time of writing follow the clock as well. */
export const followClock = (): Promise<void> =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ change: string }>(`
      select format('alter table %s alter column %I set default played.now()', d.adrelid::regclass, a.attname)
               as change
        from pg_attrdef d
        join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        join pg_class c on c.oid = d.adrelid and c.relnamespace = 'public'::regnamespace
       where pg_get_expr(d.adbin, d.adrelid) in ('now()', 'pg_catalog.now()', 'CURRENT_TIMESTAMP')
       order by c.relkind <> 'p'`)
    for (const { change } of rows) await client.query(change)
  })

/** Gives the database PostgreSQL's own clock back. */
export const removeClock = (): Promise<void> =>
  asOwner(async (client) => {
    await changeDatabase(client, "reset search_path")
    await changeDatabase(client, `reset ${setting}`)
  })
