import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { distribute } from "@/lib/base/db/distribute"
import { distributedBy, localTables } from "@/lib/base/db/distribution"
import { dayPartition } from "@/lib/base/db/partitions"
import { retain } from "@/lib/rollups/retention/retain"
import { notedCalls, pretendCitus } from "@/tests/support/citus"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { givenRawDays, partitionNames } from "@/tests/support/partitions"

useDatabase()

const rows = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asOwner(async (client) => (await client.query<Row>(text, values)).rows)
const large = Object.keys(distributedBy)
const run = async (isDryRun: boolean) => {
  const statements: string[] = []
  const count = await distribute({ isDryRun, onStatement: (statement) => statements.push(statement) })
  expect(count).toBe(statements.length)
  return statements
}

test("every unique key of a distributed table contains its distribution column", async () => {
  const keys = await rows<{ table: string; index: string; columns: string[] }>(
    `
    select c.relname as table, x.indexrelid::regclass::text as index,
           array(select a.attname::text from pg_attribute a where a.attrelid = c.oid
             and a.attnum = any (x.indkey)) as columns
      from pg_index x join pg_class c on c.oid = x.indrelid
     where x.indisunique and c.relname = any ($1)`,
    [large],
  )
  expect([...new Set(keys.map(({ table }) => table))].toSorted()).toEqual(large.toSorted())
  expect(keys.filter(({ table, columns }) => !columns.includes(distributedBy[table] ?? ""))).toEqual([])
})

test("distribution columns are never null, and have one type", async () => {
  const columns = await rows<{ type: string; required: boolean }>(
    `
    select distinct format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
      from unnest($1::text[], $2::text[]) as d (name, col)
      join pg_attribute a on a.attrelid = d.name::regclass and a.attname = d.col`,
    [large, Object.values(distributedBy)],
  )
  expect(columns).toEqual([{ type: "bigint", required: true }])
})

test("distributed tables have no foreign keys, triggers or sequences", async () => {
  expect(
    await rows(
      `
    select conname as name from pg_constraint where contype = 'f'
      and (conrelid = any ($1::regclass[]) or confrelid = any ($1::regclass[]))
    union all
    select tgname from pg_trigger where tgrelid = any ($1::regclass[])
    union all
    select adrelid::regclass::text from pg_attrdef where adrelid = any ($1::regclass[])
      and pg_get_expr(adbin, adrelid) like 'nextval%'`,
      [large],
    ),
  ).toEqual([])
})

test("local tables have no foreign keys to or from other tables", async () => {
  expect(
    await rows(
      `select conname from pg_constraint where contype = 'f'
         and (conrelid = any ($1::regclass[]) or confrelid = any ($1::regclass[]))`,
      [localTables],
    ),
  ).toEqual([])
})

// Tables that a statement joins with a distributed table, with the rest of the line.
const joins = new RegExp(
  String.raw`\bjoin (${large.join("|")})( (?!on\b|using\b)\w+)?( on| using)?([^\n]*)`,
  "g",
)
const sources = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .map((path) => join("lib", path))
  .filter((path) => path.endsWith(".ts") && !path.includes("generated") && !path.endsWith(".test.ts"))

test("statements join distributed tables on their distribution column", () => {
  const found = sources.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(joins)].map(([text, table = ""]) => ({
      path,
      text,
      column: distributedBy[table] ?? "",
    })),
  )
  expect(found.length).toBeGreaterThan(10)
  expect(found.filter(({ text, column }) => !text.includes(column))).toEqual([])
})

test("without Citus it changes nothing and says what is missing", async () => {
  await expect(run(false)).rejects.toThrow(/^This database has no Citus\. .*create extension citus/)
})

test("with Citus it distributes every table once, in an order that foreign keys allow", async () => {
  await pretendCitus()
  const planned = await run(true)
  expect(await notedCalls()).toEqual([])
  expect(await run(false)).toEqual(planned)

  const calls = await notedCalls()
  const of = (kind: string) => calls.filter(({ what }) => what === kind)
  expect(of("function").map(({ subject }) => subject)).toEqual([
    "app_store_ids()",
    "last_known_step(bigint,bigint)",
    "last_known(bigint)",
  ])
  expect(
    of("distributed").map(
      ({ subject, distributed_by: column, together_with: others }) =>
        `${subject} by ${column} with ${others}`,
    ),
  ).toEqual([
    "heartbeat by terminal_id with none",
    ...["transaction", "terminal_hour", "terminal_day", "terminal_state", "terminal_tail"].map(
      (table) => `${table} by terminal_id with heartbeat`,
    ),
    "segment_day by store_id with none",
    ...["place_hour", "place_day"].map((table) => `${table} by store_id with segment_day`),
  ])
  const tables = await rows<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  )
  expect([...of("reference").map(({ subject }) => subject), ...large, ...localTables].toSorted()).toEqual(
    tables.map(({ name }) => name).toSorted(),
  )
  expect(planned[0]).toMatch(/^alter database ".*" set citus.propagate_set_commands = 'local'$/)
  expect(await rows("select current_setting('citus.propagate_set_commands') as how")).toEqual([
    { how: "local" },
  ])

  expect(await run(false)).toEqual([])
})

test("continues an interrupted run and adds a new table", async () => {
  await rows(
    "delete from citus.pg_dist_partition where logicalrelid in ('terminal_day'::regclass, 'flag'::regclass)",
  )
  await rows("create table novelty (id bigint primary key references flag)")
  expect(await run(false)).toEqual([
    "select create_reference_table('flag')",
    "select create_reference_table('novelty')",
    "select create_distributed_table('terminal_day', 'terminal_id', colocate_with => 'heartbeat')",
  ])
  await rows("drop table novelty")
})

test("drops partitions where they cannot be detached concurrently", async () => {
  const { orgId } = await givenOrganisation()
  await givenRawDays(orgId, 45)
  const old = dayPartition("heartbeat", new Date(Date.now() - 53 * 86_400_000).toISOString().slice(0, 10))
  expect(await partitionNames("heartbeat")).toContain(old)
  await retain()
  expect(await partitionNames("heartbeat")).not.toContain(old)
})
