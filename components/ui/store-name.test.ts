import { createTranslator } from "next-intl"
import { expect, it } from "vitest"
import { storeNameWith } from "@/components/ui/store-name"
import zh from "@/lib/base/i18n/messages/zh.json"

it("names the store of terminals without a store in the reader's language", () => {
  const t = createTranslator({ locale: "zh", messages: zh })
  expect(storeNameWith("Unassigned", t)).toBe("未分配")
  expect(storeNameWith("North Street", t)).toBe("North Street")
})
