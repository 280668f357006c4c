import { expect, test } from "vitest"
import { codeHistory } from "@/lib/fleet/code-packs/code-history"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { suggestMeaning } from "@/lib/fleet/code-packs/suggest-meaning"

function meaning(cause: string, subcause = "unspecified") {
  const { code: _code, ...rest } = ResponseCode.parse({ code: "51", cause, subcause, meaning_en: "Said so" })
  return rest
}
const at = new Date("2026-11-24T08:00:00Z")
const version = (number: number, by: string, own: ReturnType<typeof meaning> | null) => ({
  version: number,
  at,
  by,
  meaning: own,
})

test("the history of a code has each change of its meaning, and begins and ends with the shipped one", () => {
  const [shipped, own] = [meaning("card"), meaning("system")]
  const history = codeHistory(shipped, [
    version(1, "ana", null),
    version(2, "bo", own),
    version(3, "ana", own),
    version(4, "ana", null),
  ])
  expect(history.map((change) => [change.version, change.by, change.from?.cause, change.to?.cause])).toEqual([
    [4, "ana", "system", "card"],
    [2, "bo", "card", "system"],
  ])
  expect(codeHistory(null, [version(1, "ana", own)])).toMatchObject([{ from: null, to: { cause: "system" } }])
})

test("a suggestion is what most other tables say, and none where they disagree", () => {
  const [poor, expired] = [meaning("card", "insufficient_funds"), meaning("card", "expired_card")]
  expect(suggestMeaning([poor, expired, poor])).toMatchObject({
    subcause: "insufficient_funds",
    agreeing: 2,
    tables: 3,
  })
  expect(suggestMeaning([poor, expired])).toBeNull()
  expect(suggestMeaning([])).toBeNull()
})
