import { expect, test } from "vitest"
import { routePatterns } from "@/lib/run/server/route-pattern"

const patternOf = routePatterns({
  staticRoutes: [{ page: "/" }, { page: "/api/v1/heartbeats" }],
  dynamicRoutes: [
    { page: "/accept/[token]", regex: "^/accept/([^/]+?)(?:/)?$" },
    { page: "/api/v1/terminals/[id]", regex: "^/api/v1/terminals/([^/]+?)(?:/)?$" },
  ],
})

test.each([
  ["/", "/"],
  ["/api/v1/heartbeats", "/api/v1/heartbeats"],
  ["/api/v1/terminals/17", "/api/v1/terminals/[id]"],
  ["/accept/a-secret-for-one-use", "/accept/[token]"],
  ["/_next/static/chunks/1.js", "/_next"],
  ["/wp-login.php", "other"],
])("%s is counted as %s", (path, pattern) => {
  expect(patternOf(path)).toBe(pattern)
})
