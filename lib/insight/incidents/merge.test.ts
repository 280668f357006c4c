import fc from "fast-check"
import { expect, test } from "vitest"
import { mergesOf, type Open } from "@/lib/insight/incidents/merge"
import { incidentClasses } from "@/lib/insight/incidents/words"

const day = fc.integer({ min: 10, max: 28 }).map((number) => `2026-11-${number}`)
const incident = fc.record({
  class: fc.constantFrom(...incidentClasses),
  firstOn: day,
  lastOn: day,
  reaches: fc.constantFrom(null, "Mobile", "Unicom"),
})
const open = fc.array(incident, { maxLength: 12 }).map((list): Open[] =>
  list.map(({ firstOn, lastOn, ...one }, id) => ({
    ...one,
    id,
    firstOn: firstOn < lastOn ? firstOn : lastOn,
    lastOn: firstOn < lastOn ? lastOn : firstOn,
  })),
)

test("only what began and ended within a wider incident at the same carrier is part of it", () => {
  fc.assert(
    fc.property(open, (list) => {
      for (const [id, into] of mergesOf(list)) {
        const [part, whole] = [list[id], list[into]]
        expect(part?.reaches).not.toBeNull()
        expect(part?.reaches).toBe(whole?.reaches)
        expect((part?.firstOn ?? "") >= (whole?.firstOn ?? "")).toBe(true)
        expect((part?.lastOn ?? "") <= (whole?.lastOn ?? "")).toBe(true)
      }
    }),
  )
})

test("no incident is part of itself, however far one follows", () => {
  fc.assert(
    fc.property(open, (list) => {
      const merges = mergesOf(list)
      for (const start of merges.keys()) {
        const passed = new Set([start])
        for (let at = merges.get(start); at !== undefined; at = merges.get(at)) {
          expect(passed.has(at)).toBe(false)
          passed.add(at)
        }
      }
    }),
  )
})

test("a bad line at one store is not part of another carrier's outage, nor of one that is over", () => {
  const days = { firstOn: "2026-11-20", lastOn: "2026-11-22", reaches: "Mobile" }
  const store: Open = { id: 1, class: "store network", ...days }
  const outage: Open = { id: 2, class: "carrier", ...days }
  expect(mergesOf([store, outage])).toEqual(new Map([[1, 2]]))
  expect(mergesOf([store, { ...outage, reaches: "Unicom" }])).toEqual(new Map())
  expect(mergesOf([store, { ...outage, lastOn: "2026-11-21" }])).toEqual(new Map())
})
