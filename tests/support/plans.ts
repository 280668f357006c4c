import pg from "pg"
import sql, { Sql } from "sql-template-tag"
import { vi } from "vitest"
import { inOrganisation, type DataScope } from "@/lib/base/db/transaction"

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
type PlanNode = { [name: string]: Json }

/** How a plan reads a table: with which kind of scan, and by which condition of an index. */
export type Scan = { table: string; scan: string; condition: string }

/** The statements that read rows while `run` runs. */
export async function statementsOf(run: () => Promise<unknown>): Promise<Sql[]> {
  const spy = vi.spyOn(pg.Client.prototype, "query")
  try {
    await run()
    const given = spy.mock.calls.map(([statement]): unknown => statement)
    return given.filter((one): one is Sql => one instanceof Sql && /^\s*(select|with)\b/.test(one.text))
  } finally {
    spy.mockRestore()
  }
}

/** The plan for this reader, with a kind of node made as expensive as can be. */
async function planOf(reader: DataScope, statement: Sql, off: Sql): Promise<Json> {
  const [row] = await inOrganisation(reader, async (db) => {
    await db.query(sql`set local ${off} = off`)
    return db.query<{ "QUERY PLAN": Json }>(sql`explain (format json) ${statement}`)
  })
  if (!row) throw new Error("explain returns one row")
  return row["QUERY PLAN"]
}

/**
 * The scans of a statement's plan, for this reader. Sequential scans are as expensive as can be, so that one
 * that is left has no index to use, also with the few rows of a test.
 */
export const scansOf = async (reader: DataScope, statement: Sql): Promise<Scan[]> =>
  scansBelow(await planOf(reader, statement, sql`enable_seqscan`))

export const isRollup = ({ table }: Scan): boolean => /^(terminal|place)_(hour|day)|^segment_day/.test(table)

/** What the nodes of a cluster are asked for: the plan of one task of each part of a distributed query. */
export const remotePlans = (json: Json): Json[] =>
  isNode(json) && json["Remote Plan"] !== undefined ? [json["Remote Plan"]] : below(json).flatMap(remotePlans)

/** Whether rows must be sorted, because no index has them in order. A cluster sorts the few of its nodes. */
export async function isSorted(reader: DataScope, statement: Sql): Promise<boolean> {
  const plan = await planOf(reader, statement, sql`enable_sort`)
  const asked = remotePlans(plan)
  return nodesBelow(asked.length > 0 ? asked : plan).some((node) =>
    textOf(node, "Node Type").includes("Sort"),
  )
}

export const isNode = (json: Json): json is PlanNode =>
  typeof json === "object" && json !== null && !Array.isArray(json)
const textOf = (node: PlanNode, name: string): string => String(node[name] ?? "")

export const below = (json: Json): Json[] =>
  Array.isArray(json) ? json : isNode(json) ? Object.values(json) : []

/** The nodes of a plan, on a cluster also those of what its servers are asked. */
function nodesBelow(json: Json): PlanNode[] {
  const own = isNode(json) && "Node Type" in json ? [json] : []
  return [...own, ...below(json).flatMap(nodesBelow)]
}

/** Shards have the name of their table and a number of six digits. */
const tableOf = (node: PlanNode): string => textOf(node, "Relation Name").replace(/_\d{6}$/, "")

// The condition of a bitmap scan is that of the scans of indexes below it.
const conditionOf = (node: PlanNode): string => {
  const below = node["Plans"]
  const own = Array.isArray(below) ? below.filter(isNode) : []
  return [node, ...own].map((one) => textOf(one, "Index Cond")).join(" ")
}

/** The scans of a plan. */
export const scansBelow = (plan: Json): Scan[] =>
  nodesBelow(plan)
    .filter((node) => "Relation Name" in node)
    .map((node) => ({ table: tableOf(node), scan: textOf(node, "Node Type"), condition: conditionOf(node) }))
