import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { keptFresh } from "@/lib/base/kept/kept-fresh"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Counts what is computed, in the order in which it begins. */
function given() {
  const kept = keptFresh<string>({ freshMs: 60_000, mostMs: 300_000, most: 2 })
  let computed = 0
  let fails = false
  const compute = (name: string) => async () => {
    computed += 1
    const number = computed
    await Promise.resolve()
    if (fails) throw new Error("the database is away")
    return `${name} ${number}`
  }
  return {
    ask: (key = "a") => kept(key, { first: compute("first"), again: compute("again") }),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    fail: (isFailing: boolean) => void (fails = isFailing),
  }
}

test("a fresh result is kept, by key", async () => {
  const { ask, pass } = given()
  expect([await ask(), await ask("b")]).toEqual(["first 1", "first 2"])
  await pass(59_999)
  expect([await ask(), await ask("b")]).toEqual(["first 1", "first 2"])
})

test("an older result is answered while one computation renews it", async () => {
  const { ask, pass } = given()
  await ask()
  await pass(60_000)
  expect([await ask(), await ask()]).toEqual(["first 1", "first 1"])
  await pass(0)
  expect(await ask()).toBe("again 2")
})

test("a result that nobody asked for in a long time is not answered", async () => {
  const { ask, pass } = given()
  await ask()
  await pass(300_000)
  expect(await ask()).toBe("first 2")
})

test("a renewal that fails leaves the result, and the next one tries again", async () => {
  const { ask, pass, fail } = given()
  await ask()
  await pass(60_000)
  fail(true)
  await ask()
  await pass(0)
  fail(false)
  expect(await ask()).toBe("first 1")
  await pass(0)
  expect(await ask()).toBe("again 3")
})

test("a first computation that fails is not kept", async () => {
  const { ask, fail } = given()
  fail(true)
  await expect(ask()).rejects.toThrow("away")
  fail(false)
  expect(await ask()).toBe("first 2")
})

test("those who ask while a result is computed for the first time wait for it, by key", async () => {
  const { ask, fail } = given()
  expect(await Promise.all([ask(), ask(), ask("b"), ask()])).toEqual([
    "first 1",
    "first 1",
    "first 2",
    "first 1",
  ])
  fail(true)
  const both = await Promise.allSettled([ask("c"), ask("c")])
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"])
  fail(false)
  expect(await ask("c")).toBe("first 4")
})
