import pg from "pg"
import { expect, test } from "vitest"
import { withoutValues } from "@/lib/base/db/database-error"
import { isConflict, isMissingPartition, violatedConstraint } from "@/lib/base/db/failures"

const errorOf = (code: string, message: string, fields: { constraint?: string } = {}) =>
  withoutValues(Object.assign(new pg.DatabaseError(message, 0, "error"), { code, ...fields }))

test("a constraint is known by the error's field, or on a cluster by its message", () => {
  const unique = 'duplicate key value violates unique constraint "terminal_store_now_key_102011"'
  expect(violatedConstraint(errorOf("23505", unique))).toBe("terminal_store_now_key")
  expect(isConflict(errorOf("23505", unique))).toBe(true)
  const check = 'new row for relation "heartbeat_102203" violates check constraint "odd_check"'
  expect(violatedConstraint(errorOf("23514", check))).toBe("odd_check")
  expect(isMissingPartition(errorOf("23514", check))).toBe(false)
  expect(violatedConstraint(errorOf("23514", "", { constraint: "odd_check_2" }))).toBe("odd_check_2")
})

test("a missing partition violates no constraint, also on a cluster", () => {
  for (const table of ["heartbeat", "heartbeat_102025"])
    expect(isMissingPartition(errorOf("23514", `no partition of relation "${table}" found for row`))).toBe(
      true,
    )
})
