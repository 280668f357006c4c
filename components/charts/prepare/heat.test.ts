import { expect, test } from "vitest"
import { heatOf } from "@/components/charts/prepare/heat"

const cell = (failures: number, attempts: number) => ({ failures, attempts, rate: failures / attempts })
const store = (...cells: (ReturnType<typeof cell> | null)[]) => ({ id: 1, name: "A", ...cell(1, 9), cells })

test("a cell is warm by what it surely fails, and cold without sales or failures", () => {
  const [[many, single, none, empty] = []] = heatOf({
    stores: [store(cell(60, 100), cell(1, 1), cell(0, 100), null)],
  })
  expect(many).toBe(1)
  expect(single).toBeLessThan(0.5)
  expect(none).toBeCloseTo(0)
  expect(empty).toBe(0)
})
