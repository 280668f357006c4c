import { expect, test } from "vitest"
import { textIn } from "@/lib/base/names/names"
import { withCode } from "@/lib/fleet/stores/namesakes"

test("a name in two languages has its code in both", () => {
  expect(withCode("Harbour", "0007")).toBe("Harbour (0007)")
  const name = withCode("静安寺店 | Jing'an Temple", "0007")
  expect([textIn("zh", name), textIn("en", name)]).toEqual(["静安寺店 (0007)", "Jing'an Temple (0007)"])
})
