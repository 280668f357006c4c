import { describe, expect, test } from "vitest"
import { normalised, weaknessOf } from "@/lib/access/credentials/password-rules"

const owner = { email: "ana.souza@example.com", name: "Ana Souza" }
const common = new Set(["password", "1qaz2wsx3edc", "finalfantasy"])
const weakness = (password: string) => weaknessOf(password, owner, common)

describe("weaknessOf", () => {
  test.each([
    ["eleven characters", "k7#Vd!2mQz9", "tooShort"],
    ["eleven characters in twenty-two code units", "💳".repeat(11), "tooShort"],
    ["201 characters", "a sentence. ".repeat(17).slice(0, 201), "tooLong"],
    ["on the list", "1qaz2wsx3edc", "common"],
    ["on the list, in capitals", "FinalFantasy", "common"],
    ["from the list, with a year and a sign", "Password2026!", "common"],
    ["one short piece repeated", "abcabcabcabc", "common"],
    ["one digit repeated", "111111111111", "common"],
    ["the email", "Ana.Souza@example.com", "personal"],
    ["the name with a year", "AnaSouza-2026", "personal"],
    ["Tillwatch's name", "Tillwatch2026", "personal"],
    ["Tillwatch's name with a password from the list", "tillwatchpassword", "common"],
  ])("refuses a password: %s", (_, password, expected) => expect(weakness(password)).toBe(expected))
})

test.each([
  ["a sentence without digits or capitals", "correct horse battery"],
  ["twelve random characters", "k7Vd2mQz9xLw"],
  ["Chinese", "终端在雨天也要正常工作呀好"],
  ["the name within a longer sentence", "ana keeps fourteen blue bicycles"],
])("accepts a password: %s", (_, password) => expect(weakness(password)).toBeNull())

test("treats composed and decomposed letters as the same password", () => {
  expect(normalised("cafe\u0301 au lait noir")).toBe(normalised("caf\u00e9 au lait noir"))
})
