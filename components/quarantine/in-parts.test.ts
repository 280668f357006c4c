import fc from "fast-check"
import { expect, test } from "vitest"
import { inParts } from "@/components/quarantine/in-parts"

test("names every chosen record once, at most so many a call, and counts those left", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(), { minLength: 1 }),
      fc.integer({ min: 1, max: 9 }),
      async (ids, most) => {
        const calls: string[][] = []
        const step = inParts(
          ids.map(String),
          (part) => {
            calls.push(part.split(","))
            return Promise.resolve({ done: part.split(",").length, failed: 0 })
          },
          most,
        )
        let cursor: string | undefined
        let done = 0
        do {
          const answer = await step(cursor)
          done += answer.done
          expect(done + answer.left).toBe(ids.length)
          cursor = answer.nextCursor ?? undefined
        } while (cursor !== undefined)
        expect(calls.flat()).toEqual(ids.map(String))
        expect(Math.max(...calls.map(({ length }) => length))).toBeLessThanOrEqual(most)
      },
    ),
  )
})
