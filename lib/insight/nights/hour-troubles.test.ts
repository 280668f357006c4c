import { expect, test } from "vitest"
import { lineTroubles, type Line } from "@/lib/insight/nights/hour-troubles"

const line = (terminal: number, observed: number, recent = observed): Line => ({
  terminal: `T${terminal}`,
  store: `S${Math.floor(terminal / 2)}`,
  carrier: terminal < 10 ? "Mobile" : "Unicom",
  acquirer: "",
  day: 20_000,
  observed,
  expected: 0.2,
  recent: { observed: recent, expected: 0.05 },
})
const fleet = (observedOf: (terminal: number) => number, recentOf = observedOf) =>
  Array.from({ length: 20 }, (_, i) => line(i, observedOf(i), recentOf(i)))
const subjectsOf = (lines: Line[]) => lineTroubles(lines).map(({ subject }) => subject)

test("a store whose terminals all fail now is found, and one terminal is not enough", () => {
  expect(subjectsOf(fleet((i) => (i < 2 ? 9 : 0)))).toEqual([{ cls: "store network", store: "S0" }])
  expect(subjectsOf(fleet((i) => (i < 1 ? 30 : 0)))).toEqual([])
})

test("a store's fixed line may be down while terminals with a carrier go on", () => {
  const lines = fleet(() => 0).map((one, i) => ({
    ...one,
    store: `S${Math.floor(i / 10)}`,
    carrier: i % 3 === 0 ? "" : "Mobile",
    ...(i < 10 && i % 3 === 0 ? { observed: 9, recent: { observed: 9, expected: 0.05 } } : {}),
  }))
  expect(subjectsOf(lines)).toEqual([{ cls: "store network", store: "S0" }])
})

test("a carrier whose stores fail is one incident", () => {
  expect(subjectsOf(fleet((i) => (i < 10 ? 9 : 0)))).toEqual([{ cls: "carrier", carrier: "Mobile" }])
})

test("an outage that is over is not found any more", () => {
  const isOver = () => 0
  expect(subjectsOf(fleet((i) => (i < 2 ? 9 : 0), isOver))).toEqual([])
  expect(subjectsOf(fleet((i) => (i < 10 ? 9 : 0), isOver))).toEqual([])
})
