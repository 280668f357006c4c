import { expect, test } from "vitest"
import { inBothLanguages, namesIn, textIn } from "@/lib/base/names/names"

const name = inBothLanguages("上海静安寺店", "Shanghai Jing'an")

test.each([
  [name, "Shanghai Jing'an", "上海静安寺店"],
  ["上海静安寺店｜Shanghai Jing'an", "Shanghai Jing'an", "上海静安寺店"],
  [`10000137 (${inBothLanguages("银联商务", "UMS")})`, "10000137 (UMS)", "10000137 (银联商务)"],
  [
    `先插卡 / Chip first (${name})`,
    "先插卡 / Chip first (Shanghai Jing'an)",
    "先插卡 / Chip first (上海静安寺店)",
  ],
  ["上海（一店） | Shanghai (No. 1)", "Shanghai (No. 1)", "上海（一店）"],
  ["Pudong | 2", "Pudong | 2", "Pudong | 2"],
  ["浦东 | 二店", "浦东 | 二店", "浦东 | 二店"],
  ["浦东店", "浦东店", "浦东店"],
])("%s is %s in English and %s in Chinese", (text, english, chinese) => {
  expect([textIn("en", text), textIn("zh", text)]).toEqual([english, chinese])
})

test("an answer has its names in the reader's language, and is the same object if it has none", () => {
  const at = new Date()
  const answer = { data: [{ id: 1, store: { name }, labels: [name, "pilot"], note: null }], at }
  expect(namesIn("en", answer)).toEqual({
    data: [{ id: 1, store: { name: "Shanghai Jing'an" }, labels: ["Shanghai Jing'an", "pilot"], note: null }],
    at,
  })
  const plain = { data: [{ name: "Pudong" }] }
  expect(namesIn("en", plain)).toBe(plain)
})
