import fc from "fast-check"
import { expect, test } from "vitest"
import { ranksOf } from "@/lib/insight/standings/rank"

test.each([
  [
    { attempts: 0, failures: 0 },
    { worst: -1, best: 1001 },
  ],
  [
    { attempts: 19, failures: 19 },
    { worst: -1, best: 1001 },
  ],
  [
    { attempts: 20, failures: 0 },
    { worst: 0, best: 162 },
  ],
  [
    { attempts: 20, failures: 20 },
    { worst: 838, best: 1000 },
  ],
  [
    { attempts: 1000, failures: 50 },
    { worst: 38, best: 66 },
  ],
])("ranks %j", (sales, ranks) => expect(ranksOf(sales)).toEqual(ranks))

test("of two terminals with the same rate, the one with more sales leads both orders", () => {
  const sales = fc.tuple(fc.integer({ min: 20, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(sales, fc.integer({ min: 2, max: 50 }), ([attempts, rate], times) => {
      const few = { attempts, failures: Math.round(attempts * rate) }
      const many = ranksOf({ attempts: attempts * times, failures: few.failures * times })
      expect(many.worst).toBeGreaterThanOrEqual(ranksOf(few).worst)
      expect(many.best).toBeLessThanOrEqual(ranksOf(few).best)
    }),
  )
})
