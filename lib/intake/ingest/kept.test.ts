import { expect, test } from "vitest"
import { keptText, namedTerminal } from "@/lib/intake/ingest/kept"

const kept = (text: string) => keptText({ text, value: JSON.parse(text) as unknown })

test.each([
  ["beside an escape", '{"x":"a\\\\b","n":6212345678901232}', '{"x":"a\\\\b","n":621234******1232}'],
  [
    "of nineteen digits beside an exponent",
    '{"x":1e3,"n":6205500000000000004}',
    '{"x":1e3,"n":620550*********0004}',
  ],
  ["with an exponent", '{"n":4.111111111111111e15}', '{"n":4.11111******1111e15}'],
])("a card number %s is masked", (_name, text, expected) => expect(kept(text)).toBe(expected))

test("keeps other numbers unchanged", () => {
  const text = '{"a":1.5e-3,"b":1e400,"c":"1e3","d":12345678901234567890123}'
  expect(kept(text)).toBe(text)
})

test("stores a record of 64 KiB whole, and cuts a longer line", () => {
  const whole = `{"x":"${"y".repeat(64 * 1024 - 8)}"}`
  expect(kept(whole)).toBe(whole)
  expect(keptText({ text: "z".repeat(70_000), value: undefined })).toHaveLength(64 * 1024)
})

test.each([
  ['{"terminal":"SN1"}', "SN1"],
  ['{"terminal":7}', null],
  ['{"terminal":"a\\u0000"}', null],
  ["[1]", null],
  ['{"terminal":"SN1"', null],
])("the terminal of %s is %s", (text, terminal) => expect(namedTerminal(text)).toBe(terminal))
