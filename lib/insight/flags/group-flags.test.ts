import { expect, test } from "vitest"
import { groupFlags } from "@/lib/insight/flags/group-flags"
import type { Flag, Reason } from "@/lib/insight/flags/schemas"

const ends = (model: string): Reason => ({ code: "use_end_near", model, on: "2027-06-13", days: 200 })
const flag = (id: number, reason: Reason, more: Partial<Flag> = {}): Flag => ({
  id,
  kind: "replacement",
  rule: "model_past_use_end",
  status: "open",
  reasons: [reason],
  sinceAt: "2026-11-25T00:00:00Z",
  openedAt: "2026-11-25T00:00:00Z",
  closedAt: null,
  acknowledgedAt: null,
  assignee: null,
  snoozedUntil: null,
  mutedUntil: null,
  incident: null,
  stake: null,
  remote: null,
  terminal: { id, serial: `SN-${id}`, model: "M3" },
  store: null,
  ...more,
})
const idsOf = (flags: Flag[]) => groupFlags(flags).map((group) => group.map(({ id }) => id))

test("groups flags with the same reasons on three or more terminals", () => {
  expect(idsOf([flag(1, ends("M3")), flag(2, ends("D2")), flag(3, ends("M3")), flag(4, ends("M3"))])).toEqual(
    [[1, 3, 4], [2]],
  )
})

test("does not group two flags, closed flags, or faults of single terminals", () => {
  const tampered: Reason = { code: "tamper" }
  expect(idsOf([flag(1, ends("M3")), flag(2, ends("M3"))])).toEqual([[1], [2]])
  expect(idsOf([1, 2, 3].map((id) => flag(id, ends("M3"), { status: "closed" })))).toEqual([[1], [2], [3]])
  expect(idsOf([1, 2, 3].map((id) => flag(id, tampered)))).toEqual([[1], [2], [3]])
})
