import { QueryClient } from "@tanstack/react-query"
import { afterEach, expect, test, vi } from "vitest"
import { placesOptions } from "@/lib/access/actor/queries"
import { PlaceQuery } from "@/lib/access/actor/schemas"

afterEach(() => vi.unstubAllGlobals())

test("all places that are asked for by id fit on one page", async () => {
  const asked: string[] = []
  vi.stubGlobal("document", { documentElement: { lang: "en" } })
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url)
    return Promise.resolve(Response.json({ data: [], nextCursor: null, previousCursor: null, position: 0 }))
  })
  const ids = Array.from({ length: 120 }, (_, i) => i + 1)
  await new QueryClient().fetchQuery(placesOptions({ kind: "stores", ids }))
  const [url = ""] = asked
  const query = PlaceQuery.parse(Object.fromEntries(new URL(url, "http://localhost").searchParams))
  expect(query.ids).toEqual(ids)
  expect(query.limit).toBe(120)
})
