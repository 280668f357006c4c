import { describe, expect, test } from "vitest"
import { earliestDates, isCheckOverdue } from "@/lib/fleet/approvals/dates"

const approval = (purchaseEndOn: string | null, deployEndOn: string | null, useEndOn: string | null) => ({
  purchaseEndOn,
  deployEndOn,
  useEndOn,
})

describe("earliestDates", () => {
  test("takes the earliest date of each kind from any approval", () => {
    expect(
      earliestDates([
        approval("2027-04-30", "2027-04-30", null),
        approval(null, "2026-12-31", "2030-12-31"),
        approval("2031-04-30", null, "2029-04-30"),
      ]),
    ).toEqual(approval("2027-04-30", "2026-12-31", "2029-04-30"))
  })

  test("is null if no approval has the date", () => {
    expect(earliestDates([])).toEqual(approval(null, null, null))
    expect(earliestDates([approval(null, null, null)])).toEqual(approval(null, null, null))
  })
})

test.each([
  ["2025-11-25", "2026-11-25", false],
  ["2025-11-25", "2026-11-26", true],
  ["2024-02-29", "2025-02-28", false],
  ["2024-02-29", "2025-03-01", true],
])("a check on %s is overdue on %s: %s", (checkedOn, today, expected) => {
  expect(isCheckOverdue(checkedOn, today)).toBe(expected)
})
