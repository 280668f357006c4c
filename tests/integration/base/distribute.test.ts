import { expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { distribute } from "@/lib/base/db/distribute"
import { distributedBy, largeTables } from "@/lib/base/db/distribution"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"

useDatabase()

const rows = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asOwner(async (client) => (await client.query<Row>(text, values)).rows)
const large = Object.keys(largeTables)

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
  expect(keys.filter(({ table, columns }) => !columns.includes(largeTables[table] ?? ""))).toEqual([])
})

test("colocated distribution columns are never null, and have one type", async () => {
  const columns = await rows<{ type: string; required: boolean }>(
    `
    select distinct format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
      from unnest($1::text[], $2::text[]) as d (name, col)
      join pg_attribute a on a.attrelid = d.name::regclass and a.attname = d.col`,
    [Object.keys(distributedBy), Object.values(distributedBy)],
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
    select tgname from pg_trigger where tgrelid = any ($1::regclass[]) and not tgisinternal
    union all
    select adrelid::regclass::text from pg_attrdef where adrelid = any ($1::regclass[])
      and pg_get_expr(adbin, adrelid) like 'nextval%'`,
      // The coordinator numbers batches.
      [large.filter((table) => table !== "ingest_batch")],
    ),
  ).toEqual([])
})

test("without Citus it changes nothing and says what is missing", async (context) => {
  notOnCluster(context, "it has Citus")
  const nothing = { prepare: () => Promise.resolve(), onStatement: () => undefined }
  await expect(distribute({ isDryRun: false, ...nothing })).rejects.toThrow(
    /^This database has no Citus\. .*create extension citus/,
  )
})
