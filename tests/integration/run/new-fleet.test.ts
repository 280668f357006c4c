import sql, { type Sql } from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { asWorker, dbOf, inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { rounds } from "@/lib/run/worker/rounds"
import { isCluster, notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { below, isNode, statementsOf, type Json } from "@/tests/support/plans"

useDatabase()

const terminals = 3_000
/** A slice of a thousand may be compared with itself, but no terminal with all others. */
const mostRows = 1_000 * 1_000 + 100 * terminals

let orgId = ""

beforeAll(async () => {
  if (isCluster()) return
  ;({ orgId } = await givenOrganisation())
  const org = sql`${orgId}::uuid`
  const own = sql`terminal where org_id = ${org}`
  await asOwner(async (client) => {
    const db = dbOf(client)
    for (const table of ["store", "terminal", "terminal_store", "terminal_status", "terminal_state"])
      await client.query(`alter table ${table} set (autovacuum_enabled = off)`)
    await db.query(sql`
      insert into store (org_id, code, name, time_zone)
      select ${org}, 'S' || n, 'Store ' || n, 'Asia/Shanghai' from generate_series(0, 499) n`)
    await db.query(sql`
      insert into terminal (org_id, serial)
      select ${org}, 'SN' || n from generate_series(1, ${terminals}::int) n`)
    await db.query(sql`
      insert into terminal_store (org_id, terminal_id, store_id, from_at)
      select ${org}, t.id, s.id, '1970-01-01'
        from terminal t join store s on s.org_id = t.org_id and s.code = 'S' || t.id % 500
       where t.org_id = ${org}`)
    await db.query(sql`
      insert into terminal_status (org_id, terminal_id, status, from_at)
      select ${org}, id, 'active', '1970-01-01' from ${own}`)
    await db.query(sql`
      insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at)
      select n, ${org}, (array['heartbeat', 'transaction'])[n], ${terminals}::int, now() - interval '1 day',
             now()
        from generate_series(1, 2) n`)
    await db.query(sql`
      insert into heartbeat (terminal_id, at, org_id, batch_id, chip_reads, reader_ok)
      select id, now() - interval '5 minutes', ${org}, 1, 100, true from ${own}`)
    await db.query(sql`
      insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, code_system, code, entry_mode,
        amount_minor, currency)
      select id, 'sale', now() - interval '10 minutes', ${org}, 2,
             case when id % 20 = 0 then 'declined' else 'approved' end, 'unionpay',
             case when id % 20 = 0 then '91' else '00' end, 'chip', 1200 + id, 'CNY'
        from ${own}`)
  })
  await foldAll()
}, 120_000)

/** The most rows that a node of a plan gave or threw away, over all of its loops. */
function rowsIn(plan: Json): number {
  const own = isNode(plan)
    ? ["Actual Rows", "Rows Removed by Join Filter"].map(
        (name) => Number(plan[name] ?? 0) * Number(plan["Actual Loops"] ?? 1),
      )
    : []
  return Math.max(0, ...own, ...below(plan).map(rowsIn))
}

const writes = /\b(insert|update|delete|nextval|pg_advisory)\b/

/** Null of a statement that writes, or reads a table of a transaction that has ended. */
async function rowsOf(statement: Sql): Promise<number | null> {
  if (writes.test(statement.text)) return null
  const explain = (db: Db) =>
    db.query<{ "QUERY PLAN": Json }>(sql`explain (analyze, timing off, format json) ${statement}`)
  const isOfOne = statement.text.includes("app.org_id")
  const explained = isOfOne ? inOrganisation(wholeOrganisation(orgId), explain) : asWorker(explain)
  return explained.then(
    ([row]) => rowsIn(row?.["QUERY PLAN"] ?? null),
    () => null,
  )
}

test.for(rounds.map((round) => [round.name, round] as const))(
  "the round %s does not compare all terminals of a new fleet, of whose size the planner knows nothing",
  { timeout: 120_000 },
  async ([, { work }], context) => {
    notOnCluster(context, "the planner of its nodes is the same")
    const { signal } = new AbortController()
    const statements = await statementsOf(() => work({ now: new Date(), signal }))
    const tooMany: string[] = []
    for (const statement of statements)
      if (((await rowsOf(statement)) ?? 0) > mostRows) tooMany.push(statement.text)
    expect(tooMany).toEqual([])
  },
)
