import { expect, test } from "vitest"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"

const failure = (code: string) => Object.assign(new Error(code), { code })

/** Fails with these codes, one for each run, and then returns the number of runs. */
const failing = (...codes: string[]) => {
  let runs = 0
  return {
    run: async () => {
      const code = codes[runs]
      runs += 1
      if (code !== undefined) throw failure(code)
      return runs
    },
    runs: () => runs,
  }
}

test.each(["40001", "40P01", "23P01"])("runs a transaction again after a conflict (%s)", async (code) => {
  expect(await retryConflicts(failing(code, code, code, code).run)).toBe(5)
})

test("throws the error after the fifth conflict", async () => {
  const { run, runs } = failing("40001", "40001", "40001", "40001", "40001", "40001")
  await expect(retryConflicts(run)).rejects.toThrow("40001")
  expect(runs()).toBe(5)
})

test("throws any other error at once", async () => {
  const { run, runs } = failing("40001", "23505")
  await expect(retryConflicts(run)).rejects.toThrow("23505")
  expect(runs()).toBe(2)
})
