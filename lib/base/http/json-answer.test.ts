import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { encodingFor, jsonAnswer } from "@/lib/base/http/json-answer"

const long = { data: Array.from({ length: 200 }, (_, id) => ({ id, name: `terminal ${id}` })) }
const ask = (value: unknown, headers: Record<string, string> = {}, method = "GET") =>
  jsonAnswer(new Request("http://localhost/api/v1/terminals", { method, headers }), value)
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test.each([
  [null, null],
  ["identity", null],
  ["gzip, deflate, br", "br"],
  ["gzip;q=1.0, br;q=0", "gzip"],
  ["GZIP", "gzip"],
  ["br;q=0.000, gzip;q=0", null],
])("for Accept-Encoding %s it chooses %s", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding)
})

test("compresses a long answer as the client asks, and none that is short", async () => {
  const plain = await ask(long)
  expect(plain.headers.get("content-encoding")).toBe(null)
  expect(await plain.json()).toEqual(long)
  const br = await ask(long, { "accept-encoding": "gzip, br" })
  expect([br.headers.get("content-encoding"), br.headers.get("vary")]).toEqual(["br", "accept-encoding"])
  const bytes = await bytesOf(br)
  expect(bytes.length).toBeLessThan(1_000)
  expect(JSON.parse(brotliDecompressSync(bytes).toString())).toEqual(long)
  const gzip = await ask(long, { "accept-encoding": "gzip" })
  expect(JSON.parse(gunzipSync(await bytesOf(gzip)).toString())).toEqual(long)
  const short = await ask({ id: 1 }, { "accept-encoding": "br" })
  expect([short.headers.get("content-encoding"), await short.json()]).toEqual([null, { id: 1 }])
})

test("answers 304 while nothing has changed, however the tag is written", async () => {
  const tag = (await ask(long)).headers.get("etag") ?? ""
  expect(tag).toMatch(/^W\/"[\w-]{43}"$/)
  expect((await ask(long, { "accept-encoding": "br" })).headers.get("etag")).toBe(tag)
  for (const given of [tag, tag.slice(2), `"other", ${tag}`]) {
    const same = await ask(long, { "if-none-match": given })
    expect([same.status, same.headers.get("etag"), (await bytesOf(same)).length]).toEqual([304, tag, 0])
  }
  const [first, later] = ["2026-11-30T08:00:00Z", "2026-11-30T08:00:05Z"].map((asOf) => ({ ...long, asOf }))
  const known = (await ask(first)).headers.get("etag") ?? ""
  const older = await ask(later, { "if-none-match": known })
  expect([older.status, older.headers.get("as-of")]).toEqual([304, "2026-11-30T08:00:05Z"])
  expect((await ask({ ...long, more: 1 }, { "if-none-match": tag })).status).toBe(200)
  expect((await ask(long, { "if-none-match": tag }, "POST")).status).toBe(200)
})
