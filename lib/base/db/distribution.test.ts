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

test("orders small tables after those they refer to, also if two refer to each other", () => {
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

test("colocates large tables by terminal, and keeps those of stores apart", () => {
  expect(
    distributionPlan({
      ...empty,
      distributed: ["heartbeat", "terminal_hour", "terminal_day", "terminal_state", "terminal_tail"],
    }),
  ).toEqual([
    "select create_distributed_table('transaction', 'terminal_id', colocate_with => 'heartbeat')",
    "select create_distributed_table('segment_day', 'store_id', colocate_with => 'none')",
    "select create_distributed_table('place_hour', 'store_id', colocate_with => 'segment_day')",
    "select create_distributed_table('place_day', 'store_id', colocate_with => 'segment_day')",
  ])
})

test("quotes names and leaves local tables alone", () => {
  expect(
    distributionPlan({
      ...empty,
      database: 'my "fleet"',
      tables: ["_prisma_migrations", "rate_limit"],
      isPropagating: false,
    }),
  ).toEqual([`alter database "my ""fleet""" set citus.propagate_set_commands = 'local'`])
})
