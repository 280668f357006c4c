import { expect, test } from "vitest"
import { jsonAnswer } from "@/lib/base/http/json-answer"

const long = { data: Array.from({ length: 200 }, (_, id) => ({ id, name: `terminal ${id}` })) }
const ask = (value: unknown, headers: Record<string, string> = {}, method = "GET") =>
  jsonAnswer(new Request("http://localhost/api/v1/terminals", { method, headers }), value)

test("answers 304 while nothing has changed, however the tag is written", async () => {
  const tag = ask(long).headers.get("etag") ?? ""
  expect(tag).toMatch(/^W\/"[\w-]{43}"$/)
  for (const given of [tag, tag.slice(2), `"other", ${tag}`]) {
    const same = ask(long, { "if-none-match": given })
    expect([same.status, same.headers.get("etag"), await same.text()]).toEqual([304, tag, ""])
  }
  const [first, later] = ["2026-11-30T08:00:00Z", "2026-11-30T08:00:05Z"].map((asOf) => ({ ...long, asOf }))
  const known = ask(first).headers.get("etag") ?? ""
  const older = ask(later, { "if-none-match": known })
  expect([older.status, older.headers.get("as-of")]).toEqual([304, "2026-11-30T08:00:05Z"])
  expect(ask({ ...long, more: 1 }, { "if-none-match": tag }).status).toBe(200)
  expect(ask(long, { "if-none-match": tag }, "POST").status).toBe(200)
})
