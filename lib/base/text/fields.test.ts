import { expect, test } from "vitest"
import { phone, writtenText } from "@/lib/base/text/fields"

const takes = (text: string) => writtenText(100).safeParse(text).success

test("refuses card numbers in entered text, and accepts telephone and serial numbers", () => {
  expect(["4111 1111 1111 1111", "card 4111111111111111 did not work", "NUL \0"].map(takes)).toEqual([
    false,
    false,
    false,
  ])
  expect(["+86 138 0013 8000", "SN-2026-000017", "上海静安寺店", ""].map(takes)).toEqual([
    true,
    true,
    true,
    true,
  ])
})

test("accepts a telephone number with a card's check digit, and refuses a card number", () => {
  const calls = (text: string) => phone(50).safeParse(text).success
  expect(
    [
      "+49 151 23456779",
      "+49 151 23456787",
      "+62 812 3456 7816",
      "+86 21 5555 0100",
      "021-55550100 ext. 7",
      "",
    ].map(calls),
  ).toEqual(Array(6).fill(true))
  expect(["4111 1111 1111 1111", "+4111 1111 1111 1111", "NUL \0"].map(calls)).toEqual([false, false, false])
})
