import { expect, test } from "vitest"
import { VerdictScore } from "@/lib/run/evaluation/score-verdicts"

test("certainty is compared with what was right, of all verdicts and by the cause that they name", () => {
  const score = new VerdictScore()
  for (const real of ["card", "card", "card", "device"]) score.add({ cause: "card", certainty: 0.82, real })
  score.add({ cause: "device", certainty: 0.8, real: "device" })
  score.add({ cause: "device", certainty: null, real: "device" })
  const figures = score.figures()
  expect(figures?.calibration).toEqual([
    { from: 0.8, sales: 5, certainty: expect.closeTo(0.816), right: 0.8 },
  ])
  expect(figures?.calibrationByCause).toEqual({
    device: [{ from: 0.8, sales: 1, certainty: 0.8, right: 1 }],
    card: [{ from: 0.8, sales: 4, certainty: expect.closeTo(0.82), right: 0.75 }],
    operator: [],
    system: [],
  })
})
