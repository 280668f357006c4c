import { expect, test } from "vitest"
import { outcomeOf } from "@/lib/insight/flags/remote-outcome"

const taken = { state: "taken", askedAt: 100, dueAt: 200 } as const
const asked = { ...taken, state: "asked" } as const

test.each([
  ["the condition is gone after a later heartbeat", taken, true, 150, 160, "helped"],
  ["it was gone, but the terminal has said nothing since", taken, true, 90, 160, null],
  ["the condition holds", taken, false, 150, 160, null],
  ["the condition holds in the end", taken, false, 190, 200, "did_not_help"],
  ["nobody took it", asked, false, 190, 200, "expired"],
  ["somebody did it without telling", asked, true, 150, 160, "helped"],
  ["the terminal was never heard of again", taken, true, null, 200, "did_not_help"],
] as const)("%s", (_name, pending, isGone, lastBeatAt, now, expected) => {
  expect(outcomeOf(pending, { isGone, lastBeatAt, now })).toBe(expected)
})
