import { readdirSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { AppError } from "@/lib/base/errors"
import { checkRequest } from "@/lib/run/server/check-request"

function codeOf(method: string, url: string, headers = {}): string {
  try {
    return checkRequest({ method, url, headers })
  } catch (error) {
    return error instanceof AppError ? error.code : "another error"
  }
}

test.each(["/", "/terminals/%E5%BA%97", "/terminals?q=%", "/a%25b", "/%00", "//host/x", "/%5c"])(
  "%s can be read",
  (url) => expect(codeOf("GET", url)).toBe(url),
)

test.each([
  "*",
  "",
  "%",
  "/%",
  "/terminals/%zz",
  "/a/%E5%BA",
  "/%c0%af",
  "/%ed%a0%80",
  "http://[",
  "ftp://h/x",
])("%s is malformed", (url) => expect(codeOf("GET", url)).toBe("malformed"))

test("removes the host of a whole URL", () => {
  expect(codeOf("GET", "http://example.com/api/v1/flags?limit=1")).toBe("/api/v1/flags?limit=1")
})

test.each(["TRACE", "CONNECT", "PROPFIND", "", "get"])("rejects the method '%s'", (method) =>
  expect(codeOf(method, "/")).toBe("method_not_allowed"),
)

test("every route takes what is sent to it; pages take nothing", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("/route.ts"))
    .map((file) => `/${file.replaceAll(/\([^)]*\)\/|\/route\.ts$/g, "").replaceAll(/\[[^\]]*\]/g, "1")}`)
  expect(routes.length).toBeGreaterThan(50)
  expect(routes.filter((path) => codeOf("POST", `${path}?a=b`) !== `${path}?a=b`)).toEqual([])
  for (const page of ["/", "/sign-in", "/terminals/1", "/locales", "/apis/a", "/api", "//api/v1/stores"])
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect(codeOf(method, page)).toBe("method_not_allowed")
})

test("rejects a malformed router state", () => {
  const tree = encodeURIComponent(JSON.stringify(["", { children: ["__PAGE__", {}] }]))
  expect(codeOf("GET", "/", { "next-router-state-tree": tree })).toBe("/")
  for (const wrong of ["%", "{}", "%5B%22%22%5D", tree.slice(1), "x".repeat(50_000)])
    expect(codeOf("GET", "/", { "next-router-state-tree": wrong })).toBe("malformed")
})

test("returns or rejects any path", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect([`/${text}`, "malformed"]).toContain(codeOf("GET", `/${text}`))
    }),
  )
})
