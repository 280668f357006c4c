import { randomBytes } from "node:crypto"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { schemaScript } from "@/lib/base/db/schema-engine"
import { addDays } from "@/lib/base/time/zone"
import { databaseAt } from "@/tests/support/cluster"
import { isCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { onServer } from "@/tests/support/on-server"

useDatabase()

const bySchema = `schema_${randomBytes(6).toString("hex")}`
const urlOf = (database: string) => databaseAt(inject("adminUrl"), database)

const rowsOf = <Row>(url: string, text: string, values: unknown[] = []): Promise<Row[]> =>
  onServer(url, async (client) => (await client.query(text, values)).rows as Row[])

const migrated = () => process.env["DATABASE_URL"] ?? ""

beforeAll(async () => {
  await rowsOf(inject("adminUrl"), `create database ${bySchema}`)
  await rowsOf(urlOf(bySchema), await schemaScript(urlOf(bySchema)))
})
afterAll(() => rowsOf(inject("adminUrl"), `drop database ${bySchema} with (force)`))

const tables = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and c.relname <> '_prisma_migrations'`

const columns = `
  select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
         a.attnotnull as required,
         case when a.attgenerated = '' then coalesce(pg_get_expr(d.adbin, d.adrelid), '') else ''
         end as default
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where ${tables} order by 1`

const keys = `
  select c.relname as table, con.conname as name, pg_get_constraintdef(con.oid) as definition
    from pg_constraint con join pg_class c on c.oid = con.conrelid
   where ${tables} and con.contype = any ($1) order by 1, 2`

// A cluster has fewer foreign keys: its copied tables and the coordinator's own know nothing of each other.
const kindsOfKeys = () => (isCluster() ? ["p", "u"] : ["p", "u", "f"])

// Prisma does not know partial and expression indexes. They are listed below.
const indexes = `
  select i.relname as name, replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON ') as definition
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
   where ${tables} and x.indpred is null and x.indexprs is null order by 1`

describe("schema.prisma and the migrated database", () => {
  test.each<[string, string, unknown[]]>([
    ["columns", columns, []],
    ["keys", keys, [kindsOfKeys()]],
    ["indexes", indexes, []],
  ])("have the same %s", async (_what, query, values) => {
    expect(await rowsOf(migrated(), query, values)).toEqual(await rowsOf(urlOf(bySchema), query, values))
  })
})

describe("what Prisma does not model", () => {
  test("the large tables are partitioned by time", async () => {
    const rows = await rowsOf(
      migrated(),
      `select relname, pg_get_partkeydef(oid) as key from pg_class
        where relkind = 'p' and relnamespace = 'public'::regnamespace order by 1`,
    )
    expect(rows).toEqual([
      { relname: "heartbeat", key: "RANGE (at)" },
      { relname: "operator_day", key: "RANGE (day)" },
      { relname: "place_day", key: "RANGE (day)" },
      { relname: "place_hour", key: "RANGE (hour)" },
      { relname: "terminal_day", key: "RANGE (day)" },
      { relname: "terminal_hour", key: "RANGE (hour)" },
      { relname: "transaction", key: "RANGE (at)" },
    ])
  })

  test("raw rows have daily partitions from retention and a week before to a week ahead", async () => {
    const today = new Date().toISOString().slice(0, 10)
    const rows = await rowsOf<{ bound: string }>(
      migrated(),
      `
      select pg_get_expr(c.relpartbound, c.oid) as bound
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'heartbeat'::regclass`,
    )
    const days = rows.map(({ bound }) => /FROM \('(\d{4}-\d\d-\d\d) 00:00:00\+00'\)/.exec(bound)?.[1])
    const wanted = Array.from({ length: 35 + 8 + 8 }, (_, i) => addDays(today, i - 35 - 8))
    expect(days.toSorted()).toEqual(wanted)
  })

  test("keys of partitioned tables begin with the terminal, or with organisation and store", async () => {
    const rows = await rowsOf<{ definition: string }>(
      migrated(),
      `
      select pg_get_constraintdef(con.oid) as definition from pg_constraint con
      join pg_class c on c.oid = con.conrelid
       where c.relkind = 'p' and con.contype in ('p', 'u')`,
    )
    expect(rows).toHaveLength(7)
    for (const { definition } of rows)
      expect(definition).toMatch(/^PRIMARY KEY \((terminal_id|org_id, store_id), /)
  })

  test("no foreign key touches a large table", async () => {
    const rows = await rowsOf(
      migrated(),
      `
      select conname from pg_constraint where contype = 'f'
         and (conrelid in (select oid from pg_class where relkind = 'p')
           or confrelid in (select oid from pg_class where relkind = 'p'))`,
    )
    expect(rows).toEqual([])
  })

  test("every table with org_id has row-level security for both roles", async () => {
    const rows = await rowsOf<{ table: string; secured: boolean; roles: string[] | null }>(
      migrated(),
      `
      select c.relname as table, c.relrowsecurity as secured,
             (select array_agg(distinct r.rolname::text order by r.rolname::text) from pg_policy p
               join pg_roles r on r.oid = any (p.polroles) where p.polrelid = c.oid) as roles
        from pg_class c
       where ${tables}
         and (c.relname = 'organisation'
           or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id'))`,
    )
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows)
      expect(row).toEqual({
        table: row.table,
        secured: true,
        roles: expect.arrayContaining(["tillwatch_app", "tillwatch_worker"]),
      })
  })

  test("each role has one permissive policy a command, and no role is another's member", async () => {
    const policies = await rowsOf(
      migrated(),
      `
      select p.polrelid::regclass::text as table, r.rolname, p.polcmd, count(*), bool_and(p.polpermissive)
        from pg_policy p join pg_roles r on r.oid = any (p.polroles)
       group by 1, 2, 3 having count(*) > 1 or not bool_and(p.polpermissive)`,
    )
    expect(policies).toEqual([])
    const names = ["app", "limited", "worker", "ingest", "visitor"]
      .map((name) => `'tillwatch_${name}'`)
      .join(", ")
    const members = await rowsOf(
      migrated(),
      `
      select a.name, b.name as member
        from unnest(array[${names}]) a (name), unnest(array[${names}]) b (name)
       where a.name <> b.name and pg_has_role(b.name, a.name, 'usage')`,
    )
    expect(members).toEqual([])
  })

  test("the limited role has every right to tables of the application's role", async () => {
    const rights = (role: string) =>
      rowsOf<{ right: string }>(
        migrated(),
        `
        select c.relname || ' ' || a.privilege_type as right
          from pg_class c, aclexplode(c.relacl) a where a.grantee = $1::regrole
        union all
        select c.relname || '.' || t.attname || ' ' || a.privilege_type
          from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
         where a.grantee = $1::regrole
         order by 1`,
        [role],
      )
    expect(await rights("tillwatch_limited")).toEqual(await rights("tillwatch_app"))
  })

  test("the application's role cannot write rollups, flags or states, nor read partitions", async () => {
    const [row] = await rowsOf(
      migrated(),
      `
      select bool_or(has_table_privilege('tillwatch_app', name, privilege)) as may
        from unnest(array['terminal_hour', 'terminal_day', 'place_hour', 'place_day', 'segment_day',
               'operator_day', 'reference_rate', 'night_terminal', 'night_operator', 'terminal_state',
               'terminal_standing', 'terminal_wear', 'standing_change', 'usual_week', 'flag',
               'verdict', 'lost_day',
               'speed_day', 'availability_day', 'learnt_ratio', 'card_sighting']) name,
             unnest(array['insert', 'update', 'delete', 'truncate']) privilege`,
    )
    expect(row).toEqual({ may: false })
    const [partition] = await rowsOf(
      migrated(),
      `
      select bool_or(has_table_privilege('tillwatch_app', inhrelid, 'select')) as may from pg_inherits`,
    )
    expect(partition).toEqual({ may: false })
  })

  test("the application may change only batch and response code of a raw row", async () => {
    const rows = await rowsOf(
      migrated(),
      `
      select a.attname as column from pg_attribute a
       where a.attrelid = 'transaction'::regclass and a.attnum > 0
         and has_column_privilege('tillwatch_app', 'transaction', a.attname, 'update') order by 1`,
    )
    expect(rows).toEqual([{ column: "batch_id" }, { column: "response_code_id" }])
  })

  test("partial indexes", async () => {
    const rows = await rowsOf<{ name: string }>(
      migrated(),
      `
      select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid
      join pg_class c on c.oid = x.indrelid
       where ${tables} and x.indpred is not null order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      "app_user_email_signs_in_key",
      "code_pack_shipped_key",
      "flag_incident_id_idx",
      "flag_live_key",
      "flag_live_kind_idx",
      "flag_newest_idx",
      "flag_org_id_opened_at_idx",
      "flag_since_idx",
      "flag_stake_idx",
      "flag_unsettled_idx",
      "flag_weighed_at_idx",
      "heartbeat_events_idx",
      "heartbeat_offset_idx",
      "import_run_working_idx",
      "incident_live_key",
      "ingest_batch_unfolded_idx",
      "ingest_batch_unjudged_idx",
      "quarantine_open_code_idx",
      "quarantine_open_idx",
      "quarantine_open_terminal_idx",
      "quarantine_resolved_idx",
      "remote_action_pending_idx",
      "store_unassigned_key",
      "terminal_day_reset_idx",
      "terminal_merged_into_idx",
      "terminal_sample_idx",
      "terminal_state_org_due_idx",
      "terminal_state_org_look_due_idx",
      "terminal_status_now_idx",
      "terminal_status_now_key",
      "terminal_store_now_key",
      "terminal_tid_name_parts_idx",
      "terminal_tid_now_key",
      "transaction_offset_idx",
      "transaction_own_card_idx",
      "verdict_due_idx",
      "verdict_of_card_idx",
      "verdict_taken_back_idx",
    ])
  })
})
