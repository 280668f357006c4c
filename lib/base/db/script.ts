import type pg from "pg"
import { hasCitus } from "@/lib/base/db/citus"

// Comments, strings, quoted names and function bodies may contain semicolons.
const part = /--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'|"[^"]*"|(\$\w*\$).*?\1|;|[^;'"$/-]+|./gs

const isComment = (text: string) => text.startsWith("--") || text.startsWith("/*")

/** The statements of a script of SQL, without its comments. */
export function statementsIn(script: string): string[] {
  const statements = [""]
  for (const [text] of script.matchAll(part)) {
    if (text === ";") statements.push("")
    else statements.push((statements.pop() ?? "") + (isComment(text) ? " " : text))
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== "")
}

const alterTable = /^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?\S+\s+/i
// Strings and quoted names may contain commas and parentheses.
const piece = /'(?:[^']|'')*'|"[^"]*"|[(),]|[^'"(),]+/g

/** An `alter table` as one statement for each of its actions: Citus adds a constraint only by itself. */
export function actionsApart(statement: string): string[] {
  const [head] = alterTable.exec(statement) ?? []
  if (head === undefined) return [statement]
  const actions = [""]
  let depth = 0
  for (const [text] of statement.slice(head.length).matchAll(piece)) {
    if (text === "(") depth += 1
    if (text === ")") depth -= 1
    if (text === "," && depth === 0) actions.push("")
    else actions.push((actions.pop() ?? "") + text)
  }
  return actions.map((action) => `${head.trim()} ${action.trim()}`)
}

/**
 * What a script's transaction begins with on Citus. Over several connections to a node it could not change a
 * table after it wrote to it. The script's own settings hold on the nodes too.
 */
const forCitus = [
  "set local citus.multi_shard_modify_mode = 'sequential'",
  "set local citus.propagate_set_commands = 'local'",
]

/**
 * Runs a script in one transaction, statement by statement: Citus refuses a script that is sent whole and
 * changes a distributed table. A statement that is alone runs without a transaction, which some demand.
 */
export async function runScript(client: pg.ClientBase, script: string): Promise<void> {
  const isOnCitus = await hasCitus(client)
  const statements = statementsIn(script).flatMap((text) => (isOnCitus ? actionsApart(text) : [text]))
  if (statements.length < 2) {
    for (const statement of statements) await client.query(statement)
    return
  }
  try {
    await client.query("begin")
    for (const statement of [...(isOnCitus ? forCitus : []), ...statements]) await client.query(statement)
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  }
}
