import fc from "fast-check"
import { expect, test } from "vitest"
import { readWhole } from "@/lib/base/pages/read-whole"

test("every row is read once, and a file that is not whole says so", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 60 }),
      async (count, limit, most) => {
        const all = Array.from({ length: count }, (_, i) => i)
        const readPage = (cursor: string | null) => {
          const from = Number(cursor ?? 0)
          const nextCursor = from + limit < count ? String(from + limit) : null
          return Promise.resolve({ data: all.slice(from, from + limit), nextCursor })
        }
        expect(await readWhole(readPage, most)).toEqual({ rows: all.slice(0, most), isWhole: count <= most })
      },
    ),
  )
})
