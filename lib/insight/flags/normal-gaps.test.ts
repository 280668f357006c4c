import { expect, test } from "vitest"
import { normalGaps } from "@/lib/insight/flags/normal-gaps"

const now = Date.parse("2026-11-25T12:00:00Z")
const gapsOf = (...minutesAgo: number[]) =>
  normalGaps({
    beats: minutesAgo.map((minutes) => new Date(now - minutes * 60_000)),
    intervalSeconds: 900,
    now,
  })

test.each<[number[], number]>([
  [[46, 31, 16, 1], 3],
  [[300, 31, 16, 1], 2],
  [[91, 46, 1], 2],
  [[92, 46, 1], 1],
  [[1], 0],
  [[], 0],
  // Heartbeats of more than two days ago.
  [[2910, 2895, 2880, 1], 0],
  [[2910, 2879, 2864, 1], 1],
])("heartbeats %j minutes ago have %i normal gaps", (minutesAgo, expected) => {
  expect(gapsOf(...minutesAgo)).toBe(expected)
})
