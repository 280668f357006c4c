import { expect, test } from "vitest"
import { apiHeaders, pageHeaders } from "@/lib/run/server/security-headers"

test("sends HSTS only over HTTPS", () => {
  for (const [plain, secure] of [
    [apiHeaders(false), apiHeaders(true)],
    [pageHeaders("n", false), pageHeaders("n", true)],
  ] as const) {
    expect(secure["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains")
    expect(plain).not.toHaveProperty("strict-transport-security")
  }
  expect(pageHeaders("n", true)["content-security-policy"]).toContain("upgrade-insecure-requests")
  expect(pageHeaders("n", false)["content-security-policy"]).not.toContain("upgrade-insecure-requests")
})
