import { describe, expect, test } from "vitest"
import { stepOfCode, totpSetUp } from "@/lib/access/credentials/totp"

const secret = Buffer.from("12345678901234567890")

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("at second %i the code is %s", (second, code) => {
  expect(stepOfCode(secret, code, second * 1000)).toBe(Math.floor(second / 30))
})

describe("stepOfCode", () => {
  const [second, code] = [1_111_111_111, "050471"] as const
  const step = Math.floor(second / 30)

  test.each([-30, 30])("accepts a code that is %i seconds off and returns its own step", (off) => {
    expect(stepOfCode(secret, code, (second + off) * 1000)).toBe(step)
  })

  test.each([-60, 60])("refuses a code that is %i seconds off", (off) => {
    expect(stepOfCode(secret, code, (second + off) * 1000)).toBeNull()
  })

  test("refuses a code of another length", () => {
    expect(stepOfCode(secret, "50471", second * 1000)).toBeNull()
    expect(stepOfCode(secret, "0050471", second * 1000)).toBeNull()
  })
})

test("gives the app the secret, the email and the service's name", () => {
  const { uri, text } = totpSetUp(secret, "ana@example.com")
  expect(text).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
  expect(new URL(uri).searchParams.get("secret")).toBe(text)
  expect(decodeURIComponent(new URL(uri).pathname)).toContain("Tillwatch:ana@example.com")
})
