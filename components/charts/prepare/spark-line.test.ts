import { expect, test } from "vitest"
import { sparkLines } from "@/components/charts/prepare/spark-line"

const day = (number: number, value: number | null) => ({ day: `2026-11-0${number}`, value })

test("a line rises to the highest value and is interrupted by days without one", () => {
  expect(sparkLines([day(1, 0), day(2, 5), day(3, null), day(5, 1)])).toEqual([
    "0.000,1.000 0.250,0.000",
    "1.000,0.800",
  ])
  expect(sparkLines([day(1, 0), day(2, 0)])).toEqual(["0.000,1.000 1.000,1.000"])
  expect(sparkLines([])).toEqual([])
})
