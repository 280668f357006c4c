import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { gzipSync } from "node:zlib"
import { dribble, hangUp, neverEnd, stall, type Answer } from "@/tests/hostile/clients"

/** Paths that read a body: before Next, in Next, in adapters, uploads and JSON routes. */
const paths = [
  "/api/v1/heartbeats",
  "/api/v1/transactions",
  "/api/v1/heartbeats?via=next",
  "/api/v1/adapters/paxstore",
  "/api/v1/imports?fileName=a.csv",
  "/api/v1/quarantine/1/replay",
]
/** More than the number of large bodies that are read at once. */
const slowClients = 16
const begun = `${'{"terminal":"SN","at":"soon"}\n'.repeat(2_500)}`

type Server = { url: string; key: string; idleMs: number; wholeMs: number }

const isProblem = (answer: Answer | null, status: number, what: string) => {
  assert.ok(answer, `${what}: the connection ended without an answer`)
  assert.equal(answer.status, status, `${what}: ${answer.body}`)
  assert.equal(answer.type, "application/problem+json", what)
}

/** Checks the answers to slow, broken and greedy clients, and that other clients do not wait for them. */
export async function checkClients({ url, key, idleMs, wholeMs }: Server): Promise<void> {
  const at = (path: string, more: { headers?: Record<string, string>; type?: string } = {}) => ({
    url,
    path,
    key,
    ...more,
  })

  await Promise.all(paths.map(async (path) => isProblem(await stall(at(path)), 408, `no body at ${path}`)))
  for (const path of paths) await hangUp(at(path), begun)
  await hangUp(at("/api/v1/heartbeats", { headers: { "Content-Encoding": "gzip" } }), "\x1f\x8b\x08")
  isProblem(await neverEnd(at("/api/v1/heartbeats"), begun), 413, "an endless body")
  isProblem(await neverEnd(at("/api/v1/adapters/stripe"), begun), 413, "an endless body of a vendor")

  // A body that is slow from the start takes no slot. One that becomes slow holds a slot for a short time.
  for (const [beginning, longestMs] of [
    ["", idleMs],
    [begun, wholeMs + idleMs],
  ] as const) {
    const slow = Array.from({ length: slowClients }, () => dribble(at("/api/v1/transactions"), { beginning }))
    await pause(idleMs / 2)
    const since = Date.now()
    const answers = await Promise.all([
      send(at("/api/v1/heartbeats"), Buffer.from(begun)),
      send(at("/api/v1/heartbeats", { headers: { "content-encoding": "gzip" } }), gzipSync(begun)),
      send(at("/api/v1/heartbeats"), Buffer.from('{"terminal":"SN","at":"soon"}')),
    ])
    const tookMs = Date.now() - since
    for (const { status, body } of answers) assert.equal(status, 200, body)
    assert.ok(tookMs < longestMs, `${slowClients} slow clients delayed others by ${tookMs} ms`)
    for (const answer of await Promise.all(slow)) isProblem(answer, 408, "a very slow body")
  }
}

export async function send(
  {
    url,
    path,
    key,
    type = "application/x-ndjson",
    headers = {},
  }: { url: string; path: string; key: string; type?: string; headers?: Record<string, string> },
  body: Uint8Array<ArrayBuffer> | string,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${key}`, "content-type": type, ...headers },
  })
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    body: await response.text(),
  }
}
