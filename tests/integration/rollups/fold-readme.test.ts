import { readFileSync } from "node:fs"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { inEveryGroup } from "@/lib/base/db/groups"
import { asWorker, asWorkerInGroup, type Db } from "@/lib/base/db/transaction"
import { foldAll, foldWaiting } from "@/lib/rollups/fold/fold-once"
import { keptOf, type Kept } from "@/lib/rollups/fold/sql/claim"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { minutesAgo } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const namesIn = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name)

/** The rows of the README's table: each temporary table with its columns and functions. */
const described = () =>
  readFileSync("lib/rollups/fold/README.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [, table = "", , columns = "", makers = "", readers = ""] = line.split("|")
      return {
        table: namesIn(table)[0] ?? "",
        columns: columns.includes("those of")
          ? []
          : namesIn(columns).filter((name) => name !== "terminal_hour"),
        functions: [...namesIn(makers), ...namesIn(readers)],
      }
    })

const exported = [
  "claim",
  "arrivals",
  "touched",
  "sales",
  "beats",
  "rollups",
  "segments",
  "advance",
  "restate",
]
  .concat("newest-sales", "wrong-states", "places", "standings", "operators", "rates")
  .map((file) => readFileSync(`lib/rollups/fold/sql/${file}.ts`, "utf8"))
  .join("\n")

/** Folds, and returns the temporary tables that this made. */
async function madeBy(db: Db, kept: Kept): Promise<{ table: string; columns: string[] }[]> {
  await foldWaiting(db, kept)
  return db.query<{ table: string; columns: string[] }>(sql`
    select c.relname as table, array_agg(a.attname::text) as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = pg_my_temp_schema() and c.relkind = 'r'
     group by 1`)
}

test("the fold's README lists each temporary table with its columns and existing functions", async () => {
  const { orgId } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  const kept = await asWorker((db) => keptOf(db, orgId))
  // A late beat needs all steps.
  for (const at of [minutesAgo(1), minutesAgo(2)]) {
    await foldAll()
    await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at }])
  }
  const groups = await inEveryGroup((group) => asWorkerInGroup(group, (db) => madeBy(db, kept)))
  // A group of a cluster without the terminal folds nothing.
  const made = groups.find((tables) => tables.length > 0) ?? []
  const rows = described()
  expect(rows.map(({ table }) => table).toSorted()).toEqual(made.map(({ table }) => table).toSorted())
  for (const { table, columns } of rows)
    expect(made.find((one) => one.table === table)?.columns).toEqual(expect.arrayContaining(columns))
  for (const name of rows.flatMap(({ functions }) => functions))
    expect(exported).toMatch(new RegExp(`export (?:const|async function) ${name}\\b`))
})
