import { expect, test } from "vitest"
import { compareTables } from "@/lib/fleet/code-packs/compare-tables"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"

const code = (name: string, cause: string) => ResponseCode.parse({ code: name, cause })
const now = (name: string, cause: string, isOwn: boolean) => ({ ...code(name, cause), isOwn })

test("says what an upload adds, changes, leaves and drops", () => {
  const preview = compareTables(
    [code("51", "card"), code("E7", "device"), code("91", "device"), code("02", "card")],
    [
      now("51", "card", false),
      now("91", "system", false),
      now("02", "operator", true),
      now("Z9", "card", true),
    ],
  )
  expect(preview).toMatchObject({ added: 1, changed: 2, same: 1, dropped: 1 })
  expect(preview.rows.map(({ code: name, was, change }) => [name, was, change])).toEqual([
    ["E7", null, "added"],
    ["91", "system", "changed"],
    ["02", "operator", "changed"],
    ["Z9", "card", "dropped"],
  ])
})
