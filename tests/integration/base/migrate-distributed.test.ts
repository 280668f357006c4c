import sql from "sql-template-tag"
import { expect, inject, test } from "vitest"
import { asOwner, closeDatabase } from "@/lib/base/db/client"
import { distribute } from "@/lib/base/db/distribute"
import { inOrganisation } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { migrate } from "@/lib/run/launch/migrate"
import { databaseAt } from "@/tests/support/cluster"
import { onlyOnCluster } from "@/tests/support/cluster-tests"
import { useFreshDatabase, useUndistributedDatabase } from "@/tests/support/database"
import { onServer } from "@/tests/support/on-server"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

// The migrations after it add columns to distributed and copied tables, fill them, and make new tables of all
// three kinds.
useUndistributedDatabase("20261202100000_place_sums")
const fresh = useFreshDatabase()

const ofTables = `
  c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`

/** Shards have the name of their table and a number. */
const plain = (text: string) => `regexp_replace(${text}, '_[0-9]{6,}\\M', '', 'g')`
const name = plain("c.relname")

const shape = {
  columns: `
    select distinct ${name} || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
           a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as default
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where ${ofTables} order by 1`,
  indexes: `
    select distinct ${name} as name, ${plain("pg_get_indexdef(x.indexrelid)")} as text
      from pg_index x join pg_class c on c.oid = x.indrelid where ${ofTables} order by 1, 2`,
  constraints: `
    select distinct ${name} as name, ${plain("pg_get_constraintdef(k.oid)")} as text
      from pg_constraint k join pg_class c on c.oid = k.conrelid where ${ofTables} order by 1, 2`,
  policies: `
    select distinct ${name} as name, p.polname, p.polcmd, p.polroles::regrole[]::text as roles,
           pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
      from pg_policy p join pg_class c on c.oid = p.polrelid where ${ofTables} order by 1, 2`,
  rights: `
    select distinct ${name} as name, a.grantee::regrole::text, a.privilege_type
      from pg_class c, aclexplode(c.relacl) a where ${ofTables} and a.grantee <> 0 order by 1, 2, 3`,
}

/** What each node knows of the tables. */
const shapesOf = (database: string) =>
  Promise.all(
    inject("adminUrls").map((url) =>
      onServer(databaseAt(url, database), async (client) => {
        await client.query("set citus.override_table_visibility = off")
        const found: Record<string, unknown[]> = {}
        for (const [what, query] of Object.entries(shape))
          found[what] = (await client.query<object>(query)).rows
        return found
      }),
    ),
  )

const orgId = "00000000-0000-4000-8000-000000000001"

const rowsBefore = [
  `insert into organisation (id, name) values ('${orgId}', 'Older')`,
  `insert into store (id, org_id, code, name, time_zone) values (1, '${orgId}', 'a', 'A', 'UTC')`,
  `insert into terminal (id, org_id, serial) select k, '${orgId}', 'T' || k from generate_series(1, 20) k`,
  `insert into terminal_store (org_id, terminal_id, store_id, from_at)
   select '${orgId}', k, 1, '2020-01-01' from generate_series(1, 20) k`,
  `insert into terminal_status (org_id, terminal_id, status, from_at)
   select '${orgId}', k, 'active', '2020-01-01' from generate_series(1, 20) k`,
  `insert into terminal_state (terminal_id, org_id, last_sale_at)
   select k, '${orgId}', '2026-01-01' from generate_series(1, 10) k`,
  `insert into flag (org_id, terminal_id, subject, rule, kind, status, opened_at, since_at, evaluated_at,
     reasons)
   values ('${orgId}', 3, 'terminal:3', 'silent', 'maintenance', 'open', now(), now(), now(), '[]')`,
]

const rows = async <Row extends object>(text: string): Promise<Row[]> =>
  asOwner(async (client) => (await client.query<Row>(text)).rows)

test("a distributed database of an earlier version becomes like a new one with its rows", async (context) => {
  onlyOnCluster(context)
  await distribute({ isDryRun: false, prepare: () => Promise.resolve(), onStatement: () => undefined })
  for (const statement of rowsBefore) await rows(statement)

  await migrate()

  const [migrated, wanted] = [
    await shapesOf(new URL(process.env["DATABASE_URL"] ?? "").pathname.slice(1)),
    await shapesOf(fresh),
  ]
  for (const [node, found] of migrated.entries())
    for (const what of Object.keys(shape))
      expect(found[what], `${what} of node ${node}`).toEqual(wanted[node]?.[what])

  expect(
    await rows(`
      select count(*)::int as states, count(last_sale_at)::int as with_sales,
             bool_and(next_state_at = '-infinity') as are_due
        from terminal_state`),
  ).toEqual([{ states: 20, with_sales: 10, are_due: true }])
  // Policies of new tables ask for the stores of a limited user.
  await rows(`
    insert into maintenance_window (org_id, reason, place_kind, place_id, starts, ends, made_by)
    values ('${orgId}', 'new floor', 'terminal', 3, '2026-01-01', '2026-01-02', 'Ann')`)
  const seenBy = async (store: number) =>
    inOrganisation({ orgId, stores: [store] }, (db) => db.query(sql`select place_id from maintenance_window`))
  expect(await seenBy(1)).toEqual([{ place_id: 3 }])
  expect(await seenBy(2)).toEqual([])
  expect(await rows("select terminal_id from terminal_standing where open_flags = 1")).toEqual([
    { terminal_id: 3 },
  ])

  await closeDatabase()
  const at = new Date(Date.now() - 3_600_000)
  await givenBatch(orgId, "transaction", [
    { terminal_id: 3, at: at.toISOString(), id: "1", outcome: "approved", entry_mode: "chip" },
  ])
  await foldAll()
  const day = localDay(at, "UTC")
  expect(await checkRollups({ orgId, from: day, to: day, isRepair: false })).toEqual([])
  expect((await rollupsOf(orgId)).days).toMatchObject([{ terminal_id: 3, presentments: 1 }])
})
