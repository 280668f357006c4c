import sql, { type Sql } from "sql-template-tag"
import { distributedBy } from "@/lib/base/db/distribution"
import { inOrganisation, type DataScope } from "@/lib/base/db/transaction"
import { below, isNode, remotePlans, type Json } from "@/tests/support/plans"

const reducing = new Set(["Aggregate", "Group", "Limit", "Unique"])

/**
 * Large tables of which a node sends rows that it has neither summed nor limited, nor found by
 * a terminal or key.
 */
function sentWhole(json: Json): string[] {
  if (!isNode(json)) return below(json).flatMap(sentWhole)
  if (reducing.has(String(json["Node Type"]))) return []
  const own = below(json["Plans"] ?? null)
  // The condition of a bitmap scan is that of the scans of indexes below it. With the few rows of a test the
  // planner may find terminals by a filter.
  const conditions = [json, ...own.filter(isNode)].flatMap((one) => [one["Index Cond"], one["Filter"]])
  const table = String(json["Relation Name"] ?? "").replace(/(_\d+)+$/, "")
  const isFound = conditions.some((one) => /\b(terminal_)?id = (ANY \(|'?\d)/.test(String(one)))
  return [...(table in distributedBy && !isFound ? [table] : []), ...below(json).flatMap(sentWhole)]
}

/** The large tables whose rows the coordinator gets one by one, for this reader of a statement. */
export async function tablesSentWhole(reader: DataScope, statement: Sql): Promise<string[]> {
  const [row] = await inOrganisation(reader, async (db) => {
    await db.query(sql`set local enable_seqscan = off`)
    return db.query<{ "QUERY PLAN": Json }>(sql`explain (format json) ${statement}`)
  })
  if (!row) throw new Error("explain returns one row")
  return remotePlans(row["QUERY PLAN"]).flatMap(sentWhole)
}
