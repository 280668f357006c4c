import sql, { type Sql } from "sql-template-tag"
import { distributedBy } from "@/lib/base/db/distribution"
import { inOrganisation, type DataScope } from "@/lib/base/db/transaction"
import { below, isNode, remotePlans, type Json } from "@/tests/support/plans"

type PlanNode = { [name: string]: Json }

const reducing = new Set(["Aggregate", "Group", "Limit", "Unique"])

const nodesIn = (json: Json): PlanNode[] => [
  ...(isNode(json) && "Node Type" in json ? [json] : []),
  ...below(json).flatMap(nodesIn),
]

// The condition of a bitmap scan is that of the scans of indexes below it. With the few rows of a test the
// planner may find terminals by a filter.
const conditionsOf = (node: PlanNode): string =>
  [node, ...below(node["Plans"] ?? null).filter(isNode)]
    .flatMap((one) => [one["Index Cond"] ?? "", one["Filter"] ?? ""])
    .join(" ")

const isFound = (node: PlanNode) => /\b(terminal_)?id = (ANY \(|'?\d)/.test(conditionsOf(node))

const tableOf = (node: PlanNode) => String(node["Relation Name"] ?? "").replace(/(_\d+)+$/, "")

/** The names of large tables in a plan whose rows are found by a terminal or key. */
const namesOfFound = (plan: Json): string[] =>
  nodesIn(plan)
    .filter((node) => tableOf(node) in distributedBy && isFound(node))
    .map((node) => String(node["Alias"]))

/**
 * Large tables of which a node sends rows that it has neither summed nor limited, nor found by
 * a terminal or key, or by the terminals of rows that were: those have the names `found`.
 */
function sentWhole(json: Json, found: readonly string[]): string[] {
  if (!isNode(json)) return below(json).flatMap((part) => sentWhole(part, found))
  if (reducing.has(String(json["Node Type"]))) return []
  const [, leader = ""] = /\bterminal_id = (\w+)\.terminal_id\b/.exec(String(json["Index Cond"])) ?? []
  const isSent = tableOf(json) in distributedBy && !isFound(json) && !found.includes(leader)
  return [...(isSent ? [tableOf(json)] : []), ...below(json).flatMap((part) => sentWhole(part, found))]
}

/** The large tables whose rows the coordinator gets one by one, for this reader of a statement. */
export async function tablesSentWhole(reader: DataScope, statement: Sql): Promise<string[]> {
  const [row] = await inOrganisation(reader, async (db) => {
    await db.query(sql`set local enable_seqscan = off`)
    return db.query<{ "QUERY PLAN": Json }>(sql`explain (format json) ${statement}`)
  })
  if (!row) throw new Error("explain returns one row")
  return remotePlans(row["QUERY PLAN"]).flatMap((plan) => sentWhole(plan, namesOfFound(plan)))
}
