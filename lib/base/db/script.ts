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
  const statements = statementsIn(script)
  if (statements.length < 2) {
    for (const statement of statements) await client.query(statement)
    return
  }
  try {
    await client.query("begin")
    if (await hasCitus(client)) for (const setting of forCitus) await client.query(setting)
    for (const statement of statements) await client.query(statement)
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  }
}
