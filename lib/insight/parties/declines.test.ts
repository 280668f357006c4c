import { expect, test } from "vitest"
import { declineOf } from "@/lib/insight/parties/declines"

test.each([
  ["issuer_no_response", "technical"],
  ["response_timeout", "technical"],
  ["chip_read_error", "technical"],
  ["insufficient_funds", "business"],
  ["wrong_pin", "business"],
  ["amount_over_limit", "business"],
  ["unmapped", null],
  ["a subcause of one's own", null],
])("%s is a %s decline", (subcause, decline) => {
  expect(declineOf(subcause)).toBe(decline)
})
