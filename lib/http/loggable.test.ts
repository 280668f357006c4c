import { expect, test } from "vitest"
import { loggable } from "@/lib/http/loggable"

test.each([
  ["/api/v1/terminals/42", "/api/v1/terminals/42"],
  ["/api/v1/imports/0f7c9a52-6a55-4a0e-9a0d-5a3f7f2b8c11/start", "/api/v1/imports/0f7c9a52-6a55-4a0e-9a0d-5a3f7f2b8c11/start"],
  ["/accept/Zk3v0l6yq9n1s8b5t2u7w4x0", "/accept/…"],
  ["/api/v1/terminals?q=secret", "/api/v1/terminals"],
])("%s is logged as %s", (path, logged) => {
  expect(loggable(path)).toBe(logged)
})
