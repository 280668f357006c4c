import sql, { raw, type Sql } from "sql-template-tag"
import { beforeAll, describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { inOrganisation, lookUp, wholeOrganisation, type DataScope } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { fillers, fillEveryTable } from "@/tests/support/every-table"
import { idOf, type Place } from "@/tests/support/tables/place"
import { a, b, own, other, foreign, foreignToo } from "@/tests/support/two-organisations"

useDatabase()
const wholeA = wholeOrganisation(a.orgId)
const limited: DataScope = { orgId: a.orgId, stores: [idOf(own, "store")] }

/** Tables that every user of the organisation sees, without a store's limit. */
const seenByAll = [
  "organisation",
  "acquirer",
  "supplier",
  "terminal_model",
  "approval",
  "release",
  "release_policy",
  "code_pack",
  "response_code",
  "ingest_batch",
  "contingency_plan",
  "learnt_ratio",
  "maintenance_window",
  "model_life",
]

type Table = {
  name: string
  column: string
  place: string | null
  is_whole: boolean
  reads: boolean
  deletes: boolean
  updates: string | null
}

/** Every table with org_id: its columns of organisation and place, and what the application may do. */
const tables = () =>
  asOwner(
    async (client) =>
      (
        await client.query<Table>(`
  select c.relname as name, case c.relname when 'organisation' then 'id' else 'org_id' end as column,
         case when c.relname in ('store', 'terminal', 'merchant', 'region') then 'id'
              -- A batch names a terminal only to say where it is stored.
              when c.relname = 'ingest_batch' then null
              else (select a.attname from pg_attribute a where a.attrelid = c.oid
                and a.attname in ('store_id', 'terminal_id') order by a.attname limit 1) end as place,
         not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd in ('*', 'r')
           and 'tillwatch_limited'::regrole = any (p.polroles)) as is_whole,
         has_table_privilege('tillwatch_app', c.oid, 'select') as reads,
         has_table_privilege('tillwatch_app', c.oid, 'delete') as deletes,
         (select min(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
           and has_column_privilege('tillwatch_app', c.oid, a.attnum, 'update')) as updates
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     and (c.relname = 'organisation' or exists (
       select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id'))
   order by 1`)
      ).rows,
  )

const count = async (reach: DataScope, table: Table, where = sql`true`): Promise<number> => {
  const [row] = await inOrganisation(reach, (db) =>
    db.query<{ count: number }>(sql`select count(*) as count from ${raw(`"${table.name}"`)} where ${where}`),
  )
  return row?.count ?? 0
}

const asOwnerCount = (table: Table, where: string): Promise<number> =>
  asOwner(async (client) =>
    Number(
      (await client.query<{ count: string }>(`select count(*) as count from "${table.name}" where ${where}`))
        .rows[0]?.count,
    ),
  )

/** The results of all tables by name, compared as one object, so that a failure names the tables. */
async function byTable<Outcome>(
  of: Table[],
  outcomeOf: (table: Table) => Promise<Outcome>,
): Promise<Record<string, Outcome>> {
  const found: Record<string, Outcome> = {}
  for (const table of of) found[table.name] = await outcomeOf(table)
  return found
}

const same = <Outcome>(of: Table[], outcomeOf: (table: Table) => Outcome): Record<string, Outcome> =>
  Object.fromEntries(of.map((table) => [table.name, outcomeOf(table)]))

/** How many rows a statement changed, or that the database refused it. */
const touched = (reach: DataScope, statement: Sql): Promise<number | "refused"> =>
  inOrganisation(reach, (db) => db.query(statement)).then(
    (rows) => rows.length,
    (error: unknown) => {
      if (typeof error === "object" && error !== null && "code" in error && error.code === "42501")
        return "refused"
      throw error
    },
  )

/** The columns that the database does not generate. */
const givenColumns = (name: string): Promise<string> =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(format('%I', attname), ', ' order by attnum) as columns from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [`"${name}"`],
    )
    return rows[0]?.columns ?? ""
  })

/** Tries to insert copies of the rows of `where`, to update and to delete them. */
async function writes(reach: DataScope, { name, updates }: Table, where: string) {
  const rows = await asOwner(
    async (client) =>
      (await client.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t where ${where}`))
        .rows,
  )
  const [table, given] = [raw(`"${name}"`), raw(await givenColumns(name))]
  const insert = await Promise.all(
    rows.map(({ row }) =>
      touched(
        reach,
        sql`
          insert into ${table} (${given})
          select ${given} from jsonb_populate_record(null::${table}, ${row}::jsonb) returning 1`,
      ),
    ),
  )
  const column = updates ?? "org_id"
  return {
    insert: [...new Set(insert)],
    update: await touched(
      reach,
      sql`${raw(`update "${name}" set "${column}" = "${column}" where ${where} returning 1`)}`,
    ),
    delete: await touched(reach, sql`${raw(`delete from "${name}" where ${where} returning 1`)}`),
  }
}

const noWrites = ({ updates, deletes }: Table) => ({
  insert: ["refused"],
  update: updates === null ? "refused" : 0,
  delete: deletes ? 0 : "refused",
})

const contents = () =>
  asOwner(async (client) => {
    const sums: Record<string, string> = {}
    for (const name of Object.keys(fillers)) {
      const { rows } = await client.query<{ sum: string }>(
        `select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t`,
      )
      sums[name] = rows[0]?.sum ?? ""
    }
    return sums
  })

beforeAll(async () => {
  await fillEveryTable(a, [own, other])
  await fillEveryTable(b, [foreign, foreignToo])
})

test("fillEveryTable covers every table with org_id", async () => {
  expect((await tables()).map(({ name }) => name).toSorted()).toEqual(Object.keys(fillers).toSorted())
})

describe("the application's role in an organisation", () => {
  test("reads all of its rows and none of another organisation's, in every table", async () => {
    const readable = (await tables()).filter(({ reads }) => reads)
    const seen = await byTable(readable, async (table) => ({
      own: await count(wholeA, table),
      foreign: await count(wholeA, table, sql`${raw(table.column)} = ${b.orgId}::uuid`),
    }))
    const there = await byTable(readable, async (table) => ({
      own: await asOwnerCount(table, `${table.column} is null or ${table.column} = '${a.orgId}'`),
      foreign: 0,
    }))
    expect(seen).toEqual(there)
    const closed = (await tables()).filter(({ reads }) => !reads)
    expect(
      await byTable(closed, (table) => touched(wholeA, sql`select from ${raw(`"${table.name}"`)}`)),
    ).toEqual(same(closed, () => "refused"))
  })

  test("cannot write another organisation's rows, in any table", async () => {
    const every = await tables()
    const before = await contents()
    expect(await byTable(every, (table) => writes(wholeA, table, `${table.column} = '${b.orgId}'`))).toEqual(
      same(every, noWrites),
    )
    const changeable = every.filter(({ updates, name }) => updates !== null && name !== "transaction")
    const handOver = ({ name, column }: Table) =>
      touched(wholeA, sql`update ${raw(`"${name}"`)} set ${raw(column)} = ${b.orgId}::uuid returning 1`)
    expect(await byTable(changeable, handOver)).toEqual(same(changeable, () => "refused"))
    expect(await contents()).toEqual(before)
  })

  test("the application's role without an organisation reads only shipped data", async () => {
    const readable = (await tables()).filter(({ reads }) => reads)
    const unbound = ({ name, column }: Table) =>
      lookUp<{ count: number }>(
        sql`select count(*) as count from ${raw(`"${name}"`)} where ${raw(column)} is not null`,
      )
    expect(await byTable(readable, unbound)).toEqual(same(readable, () => [{ count: 0 }]))
  })
})

describe("an actor limited to one store", () => {
  const idIn = (of: Place, { name, place: column }: Table) => {
    const what =
      (["terminal", "merchant", "region"] as const).find((noun) => name === noun) ??
      (column === "terminal_id" ? "terminal" : "store")
    return `${column} = ${idOf(of, what)}`
  }

  test("reads only its own store's rows, in every table with a store or terminal", async () => {
    const placed = (await tables()).filter(({ reads, place: column }) => reads && column !== null)
    const seen = await byTable(placed, async (table) => ({
      all: await count(limited, table),
      others: await count(limited, table, sql`${raw(idIn(other, table))}`),
    }))
    const there = await byTable(placed, async (table) => ({
      all: await asOwnerCount(table, idIn(own, table)),
      others: 0,
    }))
    expect(seen).toEqual(there)
    expect(Object.values(there).every(({ all }) => all > 0)).toBe(true)
  })

  test("reads nothing of the whole organisation, except what everyone needs", async () => {
    const placeless = (await tables()).filter(({ reads, place: column }) => reads && column === null)
    const whole = placeless.filter(({ is_whole: isWhole }) => isWhole)
    expect(await byTable(whole, (table) => count(limited, table))).toEqual(same(whole, () => 0))
    expect(
      placeless
        .filter(({ is_whole: isWhole }) => !isWhole)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(seenByAll.toSorted())
  })

  test("cannot write rows of another store or of the whole organisation", async () => {
    // Only ingest inserts raw rows. Every actor inserts audit entries and notes changes.
    const apart = ["heartbeat", "transaction", "audit_entry", "fleet_change", ...seenByAll]
    const tried = (await tables()).filter(({ name }) => !apart.includes(name))
    const before = await contents()
    const result = await byTable(tried, (table) =>
      writes(limited, table, table.place === null ? `org_id = '${a.orgId}'` : idIn(other, table)),
    )
    expect(result).toEqual(same(tried, noWrites))
    expect(await contents()).toEqual(before)
  })
})

describe("somebody with a help link", () => {
  const visitor: DataScope = { orgId: a.orgId, stores: [], terminalId: idOf(own, "terminal") }

  /** What the role may do with each table. */
  const rights = () =>
    asOwner(
      async (client) =>
        (
          await client.query<{ name: string; reads: boolean; writes: boolean }>(`
    select c.relname as name, has_table_privilege('tillwatch_visitor', c.oid, 'select') as reads,
           has_any_column_privilege('tillwatch_visitor', c.oid, 'insert, update')
             or has_table_privilege('tillwatch_visitor', c.oid, 'delete, truncate') as writes
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     order by 1`)
        ).rows,
    )

  test("reads one terminal, code tables, contacts and plans, and changes nothing", async () => {
    const all = await rights()
    expect(all.filter(({ writes }) => writes)).toEqual([])
    const readable = (await tables()).filter(({ name }) =>
      all.some((right) => right.name === name && right.reads),
    )
    expect(all.filter(({ reads }) => reads).map(({ name }) => name)).toEqual(readable.map(({ name }) => name))
    const ofTerminal = ["terminal", "terminal_store", "terminal_tid"]
    const seen = await byTable(readable, (table) => count(visitor, table))
    const there = await byTable(readable, async (table) =>
      ofTerminal.includes(table.name)
        ? 1
        : asOwnerCount(table, `${table.column} is null or ${table.column} = '${a.orgId}'`),
    )
    expect(seen).toEqual(there)
    expect(Object.keys(seen)).toEqual(
      [...ofTerminal, "acquirer", "supplier", "code_pack", "response_code", "contingency_plan"].toSorted(),
    )
  })
})
