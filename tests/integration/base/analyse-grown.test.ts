import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { analyseGrown } from "@/lib/base/db/analyse-grown"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"

useDatabase()

/** What the planner takes for the number of terminals; -1 if it has never looked at them. */
const estimate = async () => {
  const [row] = await asWorker((db) =>
    db.query<{ rows: number }>(sql`
      select reltuples::int as rows from pg_class where oid = 'terminal'::regclass`),
  )
  return row?.rows
}

const addTerminals = (orgId: string, kind: string, count: number) =>
  asWorker((db) =>
    db.query(sql`
      insert into terminal (org_id, serial)
      select ${orgId}::uuid, ${kind} || n from generate_series(1, ${count}::int) n`),
  )

test("the planner gets to know a table when it has doubled, and then leaves it", async (context) => {
  notOnCluster(context, "its coordinator has no rows, and its nodes do so by themselves")
  await asOwner((client) => client.query("alter table terminal set (autovacuum_enabled = off)"))
  await analyseGrown()
  const { orgId } = await givenOrganisation()
  await addTerminals(orgId, "few ", 100)
  expect(await analyseGrown()).toBe(0)
  expect(await estimate()).toBe(-1)

  await addTerminals(orgId, "new ", 2_900)
  expect(await analyseGrown()).toBe(1)
  expect(await estimate()).toBe(3_000)

  await addTerminals(orgId, "some more ", 1_000)
  expect(await analyseGrown()).toBe(0)
  await addTerminals(orgId, "twice as many ", 3_000)
  expect(await analyseGrown()).toBe(1)
  expect(await estimate()).toBe(7_000)
})
