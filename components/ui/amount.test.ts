import { createFormatter } from "next-intl"
import { expect, test } from "vitest"
import { amountText } from "@/components/ui/amount"

const format = createFormatter({ locale: "en", timeZone: "UTC" })
const plain = (text: string) => text.replaceAll("\u00a0", " ")

test.each([
  ["CNY", "¥123.40"],
  ["JPY", "¥12,340"],
  ["KWD", "KWD 12.340"],
  [null, "123.40"],
])("12340 minor units of %s", (currency, text) => {
  expect(plain(amountText(format, 12_340, currency))).toBe(text)
})
