import { describe, expect, test } from "vitest"
import { normalised, weaknessOf } from "@/lib/access/credentials/password-rules"

const owner = { email: "ana.souza@example.com", name: "Ana Souza" }
const common = new Set(["password", "1qaz2wsx3edc", "finalfantasy"])
const weakness = (password: string) => weaknessOf(password, owner, common)

describe("a password is refused", () => {
  test.each([
    ["of eleven characters", "k7#Vd!2mQz9", "tooShort"],
    ["of eleven characters in twenty-two code units", "💳".repeat(11), "tooShort"],
    ["of 201 characters", "a sentence. ".repeat(17).slice(0, 201), "tooLong"],
    ["that is on the list", "1qaz2wsx3edc", "common"],
    ["that is on the list in capitals", "FinalFantasy", "common"],
    ["of the list with a year and a sign", "Password2026!", "common"],
    ["of one piece over and over", "abcabcabcabc", "common"],
    ["of one digit over and over", "111111111111", "common"],
    ["that is the address", "Ana.Souza@example.com", "personal"],
    ["that is the name with a year", "AnaSouza-2026", "personal"],
    ["that is Tillwatch's name", "Tillwatch2026", "personal"],
    ["of Tillwatch's name and one of the list", "tillwatchpassword", "common"],
  ])("%s", (_, password, expected) => expect(weakness(password)).toBe(expected))
})

test.each([
  ["a sentence without digits or capitals", "correct horse battery"],
  ["twelve random characters", "k7Vd2mQz9xLw"],
  ["Chinese", "终端在雨天也要正常工作呀好"],
  ["the name within a longer sentence", "ana keeps fourteen blue bicycles"],
])("%s is good", (_, password) => expect(weakness(password)).toBeNull())

test("a composed and a decomposed letter are one password", () => {
  expect(normalised("cafe\u0301 au lait noir")).toBe(normalised("caf\u00e9 au lait noir"))
})
