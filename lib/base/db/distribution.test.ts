import { expect, test } from "vitest"
import { distributedBy, distributionPlan, sharedFunctions } from "@/lib/base/db/distribution"

const empty = {
  database: "fleet",
  tables: [],
  references: [],
  distributed: Object.keys(distributedBy),
  functions: [...sharedFunctions],
  isPropagating: true,
}

test("a small table comes after those it refers to, also where they refer to one another", () => {
  const references = [
    { from: "a", to: "c" },
    { from: "c", to: "b" },
    { from: "b", to: "b" },
    { from: "b", to: "a" },
  ]
  expect(distributionPlan({ ...empty, tables: ["a", "b", "c"], references })).toEqual([
    "select create_reference_table('b')",
    "select create_reference_table('c')",
    "select create_reference_table('a')",
  ])
})

test("large tables lie together by terminal, those of stores apart", () => {
  expect(
    distributionPlan({
      ...empty,
      distributed: ["heartbeat", "terminal_hour", "terminal_day", "terminal_state", "terminal_tail"],
    }),
  ).toEqual([
    "select create_distributed_table('transaction', 'terminal_id', colocate_with => 'heartbeat')",
    "select create_distributed_table('segment_day', 'store_id', colocate_with => 'none')",
  ])
})

test("names are quoted, and what is local stays so", () => {
  expect(
    distributionPlan({
      ...empty,
      database: 'my "fleet"',
      tables: ["_prisma_migrations", "rate_limit"],
      isPropagating: false,
    }),
  ).toEqual([`alter database "my ""fleet""" set citus.propagate_set_commands = 'local'`])
})
