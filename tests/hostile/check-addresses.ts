import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { ask, type Question } from "@/tests/hostile/ask"

type Server = { url: string; key: string; cookie: string }
type Manifest = { staticRoutes: { page: string }[]; dynamicRoutes: { page: string }[] }

/** 150 by default, 10,000 with npm run fuzz. */
const cases = Number(process.env["FUZZ_CASES"] ?? 150)
const malformed = ["%", "%zz", "%E5%BA", "%c0%af", "%ed%a0%80"]
const wrongMethods = ["TRACE", "PROPFIND"]
const elsewhere = ["/\t/example.com", "/\n/example.com", "//example.com", "/\\example.com", "/\0", "http://["]
/** Clients that offer another protocol, as Java's does over http, get an answer in this one. */
const offers = [
  { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAAQBAAAA" },
  { connection: "Upgrade", upgrade: "websocket", "sec-websocket-key": "a", "sec-websocket-version": "13" },
]

function patterns(): string[] {
  const manifest = JSON.parse(readFileSync(".next/routes-manifest.json", "utf8")) as Manifest
  const pages = [...manifest.staticRoutes, ...manifest.dynamicRoutes].map(({ page }) => page)
  return pages.filter((page) => !page.startsWith("/_"))
}

const filled = (pattern: string, part: string) => pattern.replaceAll(/\[+(\.\.\.)?\w+\]+/g, () => part)

/** Checks that no method, path, query or header makes the server fail, and that sign-in stays on our host. */
export async function checkAddresses({ url, key, cookie }: Server): Promise<void> {
  const people: Record<string, string>[] = [{}, { cookie }, { authorization: `Bearer ${key}` }]
  const all = patterns()
  assert.ok(all.length > 80)
  const statusOf = async (asked: Question) => (await ask(url, asked)).status

  for (const pattern of all.filter((one) => one.includes("[")))
    for (const part of malformed)
      assert.equal(await statusOf({ path: filled(pattern, part) }), 400, `${pattern} with ${part}`)
  for (const method of wrongMethods)
    for (const path of ["/", "/api/v1/heartbeats", "/api/auth/session", "/locale"])
      assert.equal(await statusOf({ method, path, headers: { cookie } }), 405, `${method} ${path}`)
  for (const headers of offers)
    assert.equal(await statusOf({ path: "/api/health/live", headers }), 200, JSON.stringify(headers))
  for (const back of elsewhere) {
    const path = `/sign-in?callback=${encodeURIComponent(back)}`
    const { status, headers } = await ask(url, { path, headers: { cookie } })
    assert.deepEqual([status, headers["location"]], [307, "/"], path)
  }
  await fc.assert(
    fc.asyncProperty(address(all), fc.constantFrom(...people), oddHeaders, async (path, person, odd) => {
      const { status, body } = await ask(url, { path, headers: { ...odd, ...person } })
      assert.ok(status < 500, `${path}: ${status} ${body.slice(0, 200)}`)
    }),
    { numRuns: cases, endOnFailure: true },
  )
  await fc.assert(
    fc.asyncProperty(signInForm, async (asked) => {
      const { status, body } = await ask(url, asked)
      assert.ok(status < 500, `${asked.path} ${asked.body}: ${status} ${body.slice(0, 200)}`)
    }),
    { numRuns: Math.ceil(cases / 5), endOnFailure: true },
  )
}

const piece = fc.oneof(
  fc.constantFrom(...malformed, "%00", "%0a", "%2f", "%5c", "%2e%2e", "40", "-1", "1e400", "9".repeat(40)),
  fc.constantFrom("..", ".", "", "[id]", "__proto__", "2026-W54", "0a000000-0000-4000-8000-00000000000a"),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll(/[^\x21-\x7e]|[?#]/g, "")),
)
const name = fc.constantFrom(
  "q",
  "cursor",
  "ids",
  "from",
  "to",
  "callback",
  "error",
  "sort",
  "limit",
  "_rsc",
  "id",
)
const query = fc
  .array(fc.tuple(name, piece), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`))
const address = (all: string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...all), piece, query).map(([page, part, rest]) => filled(page, part) + rest),
    fc.tuple(fc.array(piece, { maxLength: 4 }), query).map(([parts, rest]) => `/${parts.join("/")}${rest}`),
  )

const printable = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ""))
const oddHeaders = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: printable.map((text) => ({ rsc: "1", "next-router-state-tree": text })) },
  { weight: 1, arbitrary: printable.map((text) => ({ "x-forwarded-for": text, "accept-language": text })) },
  { weight: 1, arbitrary: printable.map((text) => ({ cookie: `next-auth.session-token=${text}` })) },
  { weight: 1, arbitrary: piece.map((text) => ({ cookie: `next-auth.callback-url=${text}` })) },
)

const signInForm = fc
  .tuple(
    fc.constantFrom(
      "csrf",
      "signin/credentials",
      "callback/credentials",
      "callback/oidc",
      "signout",
      "session",
    ),
    fc.constantFrom("application/json", "application/x-www-form-urlencoded", "text/plain"),
    fc.constantFrom(
      "",
      "{",
      "[]",
      "null",
      "%",
      "callbackUrl=http://[&email=a%00b",
      '{"callbackUrl":[]}',
      "\0",
    ),
    fc.constantFrom("", "?callbackUrl=http://[", "?callbackUrl=%", "?callbackUrl=/%0a/example.com"),
  )
  .map(([action, type, body, rest]): Question => ({
    method: "POST",
    path: `/api/auth/${action}${rest}`,
    headers: { "content-type": type },
    body,
  }))
