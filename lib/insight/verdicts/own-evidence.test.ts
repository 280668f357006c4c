import { expect, test } from "vitest"
import { isOfCard } from "@/lib/insight/verdicts/own-evidence"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"

const card = { failedSame: 0, workedBefore: 0, workedAfter: 0, workedHere: 0 }
const around = (seen: Partial<typeof card>) => ({ card: { ...card, ...seen } }) as Surroundings

test.each(["chip", "contactless", "magstripe", "expired"] as const)(
  "a card that fails as %s at other terminals, too, is not held against a terminal",
  (kind) => {
    expect(isOfCard(kind, around({ failedSame: 2 }))).toBe(true)
    expect(isOfCard(kind, around({}))).toBe(false)
    expect(isOfCard(kind, around({ failedSame: 1, workedAfter: 40 }))).toBe(false)
  },
)

test("a refused PIN or a bad line is no sign of a worn card", () => {
  expect(isOfCard("pin", around({ failedSame: 2 }))).toBe(false)
  expect(isOfCard("line", around({ failedSame: 2 }))).toBe(false)
})
