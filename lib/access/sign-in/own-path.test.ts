import fc from "fast-check"
import { expect, test } from "vitest"
import { ownPath } from "@/lib/access/sign-in/own-path"

const own = "https://tillwatch.example.com"

test.each([
  ["/"],
  ["/terminals"],
  ["/terminals/40?tab=records&q=100%25"],
  ["/flags?back=//example.com"],
  ["/settings/account#sessions"],
])("keeps %s", (path) => {
  expect(ownPath(path)).toBe(path)
  expect(ownPath(own + path, own)).toBe(path)
})

test("encodes letters that a header cannot hold", () => {
  expect(ownPath("/terminals?q=店")).toBe("/terminals?q=%E5%BA%97")
})

const elsewhere = [
  "//host",
  "///host",
  "/\\host",
  "\\\\host",
  "/\t/host",
  "/\n/host",
  "/\r\nSet-Cookie: a=b",
  "/%09/host",
  "/%0a/host",
  "/%2509/host",
  "/%25250a/host",
  "/%5chost",
  "/%2f/host",
  "/%2fhost",
  "/..//host",
  "/.//host",
  "/%2e%2e//host",
  "/a/..//host",
  "/\u200b/host",
  "/%",
  "/%zz",
  "/a%00",
  "https://host/",
  "https://tillwatch.example.com.host/",
  "https://tillwatch.example.com@host/",
  "javascript:alert(1)",
  "host",
  "",
  " /terminals",
  "?a=b",
  "/%25252525252525",
]

test.each(elsewhere)("replaces %j with the first page", (text) => {
  expect(ownPath(text)).toBe("/")
  expect(ownPath(text, own)).toBe("/")
})

test.each([undefined, null, 1, ["/terminals"], {}])("replaces %j with the first page", (value) =>
  expect(ownPath(value)).toBe("/"),
)

const pieces = [
  "/",
  "\\",
  "..",
  ".",
  "%2f",
  "%5c",
  "%09",
  "%0a",
  "%25",
  "\t",
  "\n",
  "host",
  "@",
  ":",
  "?",
  "#",
  "é",
]
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.webUrl(),
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 8 })
    .map((all) => `/${all.join("")}`),
)

/** The origins that a browser resolves a Location to, as it is and decoded by a proxy. */
function leadsTo(location: string): string[] {
  const origins = [new URL(location, own).origin]
  try {
    origins.push(new URL(decodeURIComponent(location), own).origin)
  } catch {
    // What cannot be decoded is not decoded.
  }
  return origins
}

test("returns a path on this site for any text", () => {
  fc.assert(
    fc.property(text, fc.boolean(), (given, isWhole) => {
      const path = ownPath(isWhole ? own + given : given, own)
      expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/)
      expect(new Set(leadsTo(path))).toEqual(new Set([own]))
      expect(ownPath(path)).toBe(path)
    }),
    { numRuns: 2_000 },
  )
})
