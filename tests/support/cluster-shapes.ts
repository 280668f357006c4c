import { Visitor } from "oxc-parser"
import { largeTables, referenceTables } from "@/lib/base/db/distribution"
import { sources, type Source } from "@/tests/support/import-graph"

// Shapes of statements that Citus refuses, as far as a text tells. Statements of the fold and of a
// group-sql.ts run on a node, and the demo on a single server.
const onOneServer = /^lib\/(rollups\/fold\/|run\/demo\/)|\/group-sql\.ts$/

const copied = new Set(referenceTables)

/** A text in parentheses: what stands before it, all of it, and without those within. */
type Level = { before: string; text: string; own: string }

/** All texts in parentheses, and the whole without those. */
function levelsOf(statement: string): { whole: string; levels: Level[] } {
  const levels: Level[] = []
  const open = [{ at: -1, own: "" }]
  for (const [at, letter] of [...statement].entries()) {
    if (letter === "(") open.push({ at, own: "" })
    else if (letter === ")" && open.length > 1) {
      const { at: from, own } = open.pop() ?? { at: 0, own: "" }
      levels.push({ before: statement.slice(0, from).trimEnd(), text: statement.slice(from + 1, at), own })
    } else for (const level of open.slice(-1)) level.own += letter
  }
  return { whole: open[0]?.own ?? "", levels }
}

const tablesOf = (text: string): string[] =>
  [...text.matchAll(/\b(?:from|join|using|update|into)\s+(?:only\s+)?([a-z_]+)/g)].map(
    (match) => match[1] ?? "",
  )

/** The names by which a select calls what it reads. */
const calledIn = (text: string): Set<string> =>
  new Set(
    [/(?:\b(?:from|join|lateral)|,)\s+(\w+)(?:\s+(?:as\s+)?(\w+))?/g, /\)\s+(?:as\s+)?(\w+)/g].flatMap(
      (form) => [...text.matchAll(form)].flatMap(([, ...names]) => names.map(String)),
    ),
  )

const readsLarge = new RegExp(`\\b(?:from|join) (?:${Object.keys(largeTables).join("|")})\\b`)
/** What stands before a sub-select that is not one value. */
const ofRows = /\b(?:exists|in|any|all|lateral|from|join|as|materialized|union)$/
/** What stands before a sub-select that other rows ask for one of its own. */
const asks = /\b(?:exists|in)$/

/** The names from outside by which a sub-select reads a large table. */
function outerNames({ text }: Level): string[] {
  if (!/^\s*select\b/.test(text) || !readsLarge.test(text)) return []
  const called = calledIn(text)
  return [...text.matchAll(/(?<![\w.'])([a-z]\w*)\.[a-z_]+\b/g)]
    .map(([, name]) => name ?? "")
    .filter((name) => !called.has(name))
}

/** A select without a column. The expression may begin with `from`. */
const ofNoColumn = /^\s*select\s+(?:from\b|\?\s*$|\?\s+(?:and|limit|order|where)\b)/
const switches = /\b(?:where|and)\s+(?:not\s+)?\?::boolean\b/

const aggregate = /\b(?:count|sum|min|max|bool_or|bool_and|array_agg)\s*\(/
const boundedHere = ({ text, own }: Level): boolean =>
  /\blimit\b/.test(own) || (aggregate.test(text) && !/\bgroup by\b/.test(own))

/** What a statement has that Citus refuses. `tables` are all of the database. */
export function refusedShapes(statement: string, tables: readonly string[]): string[] {
  const isLocal = (table: string) => tables.includes(table) && !(table in largeTables) && !copied.has(table)
  const { whole, levels } = levelsOf(statement.replaceAll(/--.*/g, ""))
  const selects = [whole, ...levels.map(({ own }) => own)].flatMap((own) => own.split(/\bunion\b/))
  const joinsLocal = selects.some((own) => {
    const read = tablesOf(own)
    return read.some((table) => table in largeTables) && read.some(isLocal)
  })
  // Where a policy limits the coordinator's table, as it does for the application, planning ends the server.
  const joinsOuter = selects.some((own) => {
    const isOutside = tablesOf(own).some((table) => table in largeTables || copied.has(table))
    return isOutside && [...own.matchAll(/\bleft join (\w+)/g)].some(([, table]) => isLocal(table ?? ""))
  })
  // A table that an expression names is a temporary one.
  const tableCalled = (name: string) =>
    new RegExp(`\\b(?:from|join|update)\\s+(\\w+|\\?)\\s+(?:as\\s+)?${name}\\b`).exec(statement)?.[1] ?? name
  const isCorrelated = (level: Level) =>
    outerNames(level).some((name) => {
      const table = tableCalled(name)
      return !ofRows.test(level.before) || isLocal(table) || (asks.test(level.before) && copied.has(table))
    })
  const isBounded = (level: Level) =>
    level.before.endsWith("lateral") &&
    boundedHere(level) &&
    outerNames(level).some((name) => tableCalled(name) === "?" || isLocal(tableCalled(name)))
  const isEmpty = (level: Level) =>
    ofNoColumn.test(level.text) &&
    (/(?:^|\b(?:from|join|as|materialized|lateral))$/.test(level.before) ||
      (readsLarge.test(level.text) && outerNames(level).length === 0))
  const isSwitched = readsLarge.test(statement) && /\bleft join\b/.test(statement) && switches.test(statement)
  // Nodes send all rows for it, also those beyond a limit.
  const isCounted =
    readsLarge.test(statement) && /\bover \(\)/.test(statement) && !/\bgroup by\b/.test(statement)
  return [
    ...(levels.some(isCorrelated) ? ["a correlated sub-select over a large table"] : []),
    ...(levels.some(isBounded) ? ["a limit or sum in a lateral sub-select of a coordinator's table"] : []),
    ...([{ before: "", text: statement, own: whole }, ...levels].some(isEmpty)
      ? ["a select of no column"]
      : []),
    ...(isCounted ? ["a count of all rows beside them"] : []),
    ...(isSwitched ? ["a condition of a parameter alone beside an outer join"] : []),
    ...(joinsOuter ? ["an outer join of a coordinator's table with one that nodes have"] : []),
    ...(joinsLocal ? ["a join of a large table with one that is on the coordinator alone"] : []),
  ]
}

/** The texts of a file's `sql` templates, with a question mark for each expression. */
function statementsIn({ parsed }: Source): string[] {
  const statements: string[] = []
  new Visitor({
    TaggedTemplateExpression: ({ tag, quasi }) => {
      if (tag.type === "Identifier" && tag.name === "sql")
        statements.push(quasi.quasis.map(({ value }) => value.raw).join("?"))
    },
  }).visit(parsed.program)
  return statements
}

/** The refused shapes of all statements that run through the coordinator of a cluster. */
export const shapesOfStatements = (tables: readonly string[]): string[] =>
  sources
    .filter(({ path }) => path.startsWith("lib/") && !onOneServer.test(path))
    .flatMap((source) =>
      statementsIn(source).flatMap((statement) =>
        refusedShapes(statement, tables).map(
          (shape) => `${source.path}: ${shape}: ${statement.trim().slice(0, 80)}`,
        ),
      ),
    )
