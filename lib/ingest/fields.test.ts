import { expect, test } from "vitest"
import { writtenText } from "@/lib/ingest/fields"

const takes = (text: string) => writtenText(100).safeParse(text).success

test("what people write holds no card number, and may hold telephone and serial numbers", () => {
  expect(["4111 1111 1111 1111", "card 4111111111111111 did not work", "NUL \0"].map(takes)).toEqual([false, false, false])
  expect(["+86 138 0013 8000", "SN-2026-000017", "上海静安寺店", ""].map(takes)).toEqual([true, true, true, true])
})
