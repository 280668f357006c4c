import { readFileSync, readdirSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { actionsApart, statementsIn } from "@/lib/base/db/script"

describe("the statements of a script", () => {
  test.each<[string, string, string[]]>([
    ["are ended by semicolons", "select 1; select 2;\n", ["select 1", "select 2"]],
    ["may lack the last semicolon", "select 1;\nselect 2", ["select 1", "select 2"]],
    [
      "have no comments",
      "-- one; two\nselect 1; /* three; \n */ select 2 -- four;",
      ["select 1", "select 2"],
    ],
    ["keep strings", "select 'a;b', 'it''s; c'; select 2", ["select 'a;b', 'it''s; c'", "select 2"]],
    ["keep what looks like a comment in a string", "select '--'; select 2", ["select '--'", "select 2"]],
    ["keep quoted names", 'select "a;b"; select 2', ['select "a;b"', "select 2"]],
    ["keep bodies", "do $$ begin; end $$; select 2", ["do $$ begin; end $$", "select 2"]],
    [
      "keep bodies within bodies",
      "do $$ begin execute $p$ a; $p$; end $$; select $1 - 2 / 3",
      ["do $$ begin execute $p$ a; $p$; end $$", "select $1 - 2 / 3"],
    ],
    ["may be none", " -- nothing\n ; ", []],
  ])("%s", (_name, script, expected) => {
    expect(statementsIn(script)).toEqual(expected)
  })

  test("of migrations each begin with a command", () => {
    const folder = "prisma/migrations"
    const migrations = readdirSync(folder).filter((name) => !name.includes("."))
    const statements = migrations.flatMap((name) =>
      statementsIn(readFileSync(`${folder}/${name}/migration.sql`, "utf8")),
    )
    const commands = new Set(statements.map((statement) => /^\w*/.exec(statement)?.[0].toLowerCase()))
    const known = ["alter", "create", "do", "drop", "grant", "insert", "revoke", "set", "update", "with"]
    expect([...commands].toSorted()).toEqual(known)
  })
})

test("an alter table is taken apart into its actions", () => {
  const statement = `alter table store
    add column note text default 'a, (b',
    alter column code drop not null,
    add constraint store_check check (code in ('a', 'b'))`
  expect(actionsApart(statement)).toEqual([
    "alter table store add column note text default 'a, (b'",
    "alter table store alter column code drop not null",
    "alter table store add constraint store_check check (code in ('a', 'b'))",
  ])
  const update = "update store set code = 'a', name = 'b'"
  expect(actionsApart(update)).toEqual([update])
})
