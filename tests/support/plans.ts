import pg from "pg"
import sql, { Sql } from "sql-template-tag"
import { vi } from "vitest"
import { inOrganisation, type DataScope } from "@/lib/base/db/transaction"

type PlanNode = {
  "Node Type": string
  "Relation Name"?: string
  "Index Cond"?: string
  Plans?: PlanNode[]
}

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
async function planOf(reader: DataScope, statement: Sql, off: Sql): Promise<PlanNode> {
  const [row] = await inOrganisation(reader, async (db) => {
    await db.query(sql`set local ${off} = off`)
    return db.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(sql`explain (format json) ${statement}`)
  })
  if (!row) throw new Error("explain returns one row")
  return row["QUERY PLAN"][0].Plan
}

/**
 * The scans of a statement's plan, for this reader. Sequential scans are as expensive as can be, so that one
 * that is left has no index to use, also with the few rows of a test.
 */
export const scansOf = async (reader: DataScope, statement: Sql): Promise<Scan[]> =>
  scansBelow(await planOf(reader, statement, sql`enable_seqscan`))

export const isRollup = ({ table }: Scan): boolean => /^(terminal|place)_(hour|day)|^segment_day/.test(table)

/** Whether rows must be sorted, because no index has them in order. */
export const isSorted = async (reader: DataScope, statement: Sql): Promise<boolean> =>
  nodesBelow(await planOf(reader, statement, sql`enable_sort`)).some((node) =>
    node["Node Type"].includes("Sort"),
  )

const nodesBelow = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesBelow)]

function scansBelow(node: PlanNode): Scan[] {
  const below = node.Plans ?? []
  const table = node["Relation Name"]
  // The condition of a bitmap scan is that of the scans of indexes below it.
  const condition = [node, ...below].map((one) => one["Index Cond"] ?? "").join(" ")
  const own = table === undefined ? [] : [{ table, scan: node["Node Type"], condition }]
  return [...own, ...below.flatMap(scansBelow)]
}
