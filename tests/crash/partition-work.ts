import assert from "node:assert/strict"
import sql from "sql-template-tag"
import { dayPartition, partitionsOf } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { addJob } from "@/lib/base/jobs/add-job"
import { reachDays } from "@/lib/base/time/look-back"
import { countOf, jobsOf, rowsOf, type Work } from "@/tests/crash/work"
import { partitionNames } from "@/tests/support/partitions"
import type { Stack } from "@/tests/support/stack"

const tables = ["heartbeat", "transaction"] as const
const dayMs = 86_400_000
/** Partitions reach eight days back from the retention, for slow clocks, and eight days ahead. */
const daysAround = 16
/** Raw rows stay this much longer than the retention, because the fold may need them. */
const daysLonger = reachDays

const setRetention = (orgId: string, days: number) =>
  asWorker((db) =>
    db.query(sql`update organisation set raw_retention_days = ${days}::int where id = ${orgId}::uuid`),
  )

const attached = (table: string): Promise<string[]> =>
  asWorker(async (db) => (await partitionsOf(db, table)).map(({ name }) => name).toSorted())

const dayOf = (daysFromToday: number) =>
  new Date(Date.now() + daysFromToday * dayMs).toISOString().slice(0, 10)

/** Every day from `oldest` on has one partition, and no table was left unattached. */
async function checkPartitions(oldest: number): Promise<void> {
  for (const table of tables) {
    const names = await attached(table)
    const days = Array.from({ length: 7 - oldest }, (_, i) => dayPartition(table, dayOf(oldest + i)))
    assert.deepEqual(
      days.filter((name) => !names.includes(name)),
      [],
      "days without a partition",
    )
    assert.deepEqual(await partitionNames(table), names, "tables that are no partitions")
  }
}

/** A longer retention makes partitions for all its days. */
export function partitionWork(orgId: string, days: number): Work {
  let [first, wanted] = [0, 0]
  const existing = async () => (await Promise.all(tables.map(attached))).flat().length
  return {
    name: "making partitions",
    begin: async () => {
      first = await existing()
      wanted = (days + daysAround) * tables.length
      await setRetention(orgId, days)
      await asWorker((db) => addJob(db, "partitions", {}, { key: "partitions" }))
    },
    share: async () => {
      const made = ((await existing()) - first) / (wanted - first)
      return made >= 1 && (await jobsOf("partitions")) === 0 ? 1 : Math.min(made, 0.99)
    },
    check: () => checkPartitions(-days),
  }
}

type Sale = { id: string; at: Date }

const salesOf = (orgId: string) =>
  rowsOf<Sale>(sql`
    select id, at from transaction where org_id = ${orgId}::uuid and at >= now() - interval '1 year'
     order by id`)

const daysOf = async (orgId: string) =>
  JSON.stringify(
    await rowsOf(sql`
      select * from terminal_day where org_id = ${orgId}::uuid order by terminal_id, day`),
  )

/** The first instant whose raw rows stay, as retention counts. */
const keptFrom = (days: number): Date => new Date(`${dayOf(-days - daysLonger)}T00:00:00Z`)

type Retention = {
  orgId: string
  /** How long this organisation keeps raw rows. */
  days: number
  /** Another organisation, and how long it keeps them. */
  keeper: { orgId: string; days: number }
  stack: Stack
}

/** A shorter retention deletes rows of days that another organisation keeps. */
export function deletionWork({ orgId, days, keeper, stack }: Retention): Work {
  let [sales, rollups] = [[] as Sale[], ""]
  const isOld = ({ at }: Sale) => at < keptFrom(days)
  const oldRows = () =>
    countOf(sql`
      select count(*) as count from transaction where org_id = ${orgId}::uuid
         and at >= now() - interval '1 year' and at < ${keptFrom(days)}::timestamptz`)
  return {
    name: "deleting old rows",
    begin: async () => {
      sales = await salesOf(orgId)
      rollups = await daysOf(orgId)
      await setRetention(keeper.orgId, keeper.days)
      await setRetention(orgId, days)
      await beginRetention(stack)
    },
    share: async () => 1 - (await oldRows()) / sales.filter(isOld).length,
    check: async () => {
      assert.deepEqual(
        await salesOf(orgId),
        sales.filter((sale) => !isOld(sale)),
      )
      assert.equal(await daysOf(orgId), rollups)
    },
  }
}

/** The shortest retention of all drops partitions. */
export function droppingWork({ orgId, days, keeper, stack }: Retention): Work {
  let [first, sales, rollups] = [0, [] as Sale[], ""]
  const oldest = dayOf(-days - daysLonger)
  const old = async () =>
    (await Promise.all(tables.map(async (table) => partitionNames(table))))
      .flat()
      .filter((name) => name.slice(-8) <= oldest.replaceAll("-", "")).length
  return {
    name: "dropping partitions",
    begin: async () => {
      first = await old()
      sales = await salesOf(orgId)
      rollups = await daysOf(orgId)
      await setRetention(keeper.orgId, keeper.days)
      await beginRetention(stack)
    },
    share: async () => 1 - (await old()) / first,
    check: async () => {
      await checkPartitions(-days)
      assert.deepEqual(
        await salesOf(orgId),
        sales.filter(({ at }) => at >= keptFrom(days)),
      )
      assert.equal(await daysOf(orgId), rollups)
    },
  }
}

/** Retention runs when a worker starts, and then every hour. */
async function beginRetention({ worker }: Stack): Promise<void> {
  assert.equal(await worker.end(), 0)
  await worker.start()
}
