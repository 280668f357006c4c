import { randomUUID } from "node:crypto"
import fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Busy } from "@/lib/base/db/busy"
import { inTurns } from "@/lib/base/rounds/in-turns"

/** What becomes of an organisation's steps, one after the other. */
type Outcome = "works" | "is busy" | "fails" | "waits for a lock in vain"
type Taken = { organisation: number; outcome: Outcome }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A round, in which each organisation has these steps, and the steps that it took. */
async function round(plans: readonly Outcome[][], loop = randomUUID()): Promise<Taken[]> {
  const taken: Taken[] = []
  const begun = new Map<number, number>()
  await inTurns({
    loop,
    patienceMs: 1000,
    orgIds: plans.map((_, organisation) => String(organisation)),
    work: async function* (orgId) {
      const organisation = Number(orgId)
      for (;;) {
        const place = begun.get(organisation) ?? 0
        const outcome = plans[organisation]?.[place]
        if (!outcome) return
        begun.set(organisation, place + 1)
        taken.push({ organisation, outcome })
        if (outcome === "is busy") throw new Busy()
        if (outcome === "fails") throw new Error("it broke")
        if (outcome === "waits for a lock in vain")
          throw Object.assign(new Error("canceling statement due to lock timeout"), { code: "55P03" })
        yield place
      }
    },
  })
  return taken
}

const isFailure = (outcome: Outcome) => outcome === "fails" || outcome === "waits for a lock in vain"

/** The steps of one organisation: until it fails, or is busy for the second time. */
function stepsOf(plan: readonly Outcome[]): readonly Outcome[] {
  let timesBusy = 0
  const last = plan.findIndex((outcome) => {
    if (outcome === "is busy") timesBusy += 1
    return isFailure(outcome) || timesBusy === 2
  })
  return last === -1 ? plan : plan.slice(0, last + 1)
}

const plan = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Outcome>("works") },
    { weight: 1, arbitrary: fc.constantFrom<Outcome>("is busy", "fails", "waits for a lock in vain") },
  ),
  { maxLength: 6 },
)

test("organisations take turns, and none ends or delays the work of another", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 6 }), async (plans) => {
      const taken = await round(plans)
      for (const [organisation, own] of plans.entries())
        expect(
          taken.filter((one) => one.organisation === organisation).map(({ outcome }) => outcome),
        ).toEqual(stepsOf(own))
      // Before an organisation's next step, every other one with as many steps has taken its own.
      const counts = plans.map(() => 0)
      for (const { organisation } of taken) {
        const most = counts[organisation] ?? 0
        const isAhead = plans.some(
          (own, other) => (counts[other] ?? 0) < most && (counts[other] ?? 0) < firstSteps(own),
        )
        expect(isAhead).toBe(false)
        counts[organisation] = most + 1
      }
    }),
    { numRuns: 200 },
  )
})

/** How many steps an organisation takes before the busy ones are tried again. */
function firstSteps(own: readonly Outcome[]): number {
  const end = own.findIndex((outcome) => outcome !== "works")
  return end === -1 ? own.length : end + 1
}

test.each<Outcome>(["fails", "waits for a lock in vain"])(
  "an organisation that %s rests, longer after each failure, and the others do not",
  async (failure) => {
    const loop = randomUUID()
    const plans: Outcome[][] = [[failure], ["works"]]
    const isTried = async () => (await round(plans, loop)).some(({ organisation }) => organisation === 0)
    const tries: number[] = []
    for (let second = 0; second < 200; second += 1) {
      if (await isTried()) tries.push(second)
      vi.advanceTimersByTime(1000)
    }
    expect(tries).toEqual([0, 2, 6, 14, 30, 62, 122, 182])
    expect(await round(plans, loop)).toContainEqual({ organisation: 1, outcome: "works" })
    // It also fails in other loops by itself, and is forgiven when it works.
    expect(await round(plans)).toHaveLength(2)
    plans[0] = ["works"]
    vi.advanceTimersByTime(60_000)
    expect(await isTried()).toBe(true)
    plans[0] = [failure]
    expect(await isTried()).toBe(true)
    vi.advanceTimersByTime(2000)
    expect(await isTried()).toBe(true)
  },
)

test("ends if the database is away", async () => {
  const away = Object.assign(new Error("the database is down"), { code: "ECONNREFUSED" })
  const reached: string[] = []
  const running = inTurns({
    loop: randomUUID(),
    orgIds: ["a", "b"],
    work: async function* (orgId) {
      reached.push(orgId)
      yield await Promise.reject(away)
    },
  })
  await expect(running).rejects.toThrow("down")
  expect(reached).toEqual(["a"])
})
