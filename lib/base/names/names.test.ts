import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { asStored, inBothLanguages, namesIn, textIn } from "@/lib/base/names/names"

const name = inBothLanguages("上海静安寺店", "Shanghai Jing'an")

test.each([
  [name, "Shanghai Jing'an", "上海静安寺店"],
  ["上海静安寺店｜Shanghai Jing'an", "Shanghai Jing'an", "上海静安寺店"],
  [`10000137 (${inBothLanguages("银联商务", "UMS")})`, "10000137 (UMS)", "10000137 (银联商务)"],
  ["上海（一店） | Shanghai (No. 1)", "Shanghai (No. 1)", "上海（一店）"],
  ["Pudong | 2", "Pudong | 2", "Pudong | 2"],
  ["浦东 | 二店", "浦东 | 二店", "浦东 | 二店"],
  ["浦东店", "浦东店", "浦东店"],
])("%s is %s in English and %s in Chinese", (text, english, chinese) => {
  expect([textIn("en", text), textIn("zh", text)]).toEqual([english, chinese])
})

// Only a browser notes what its reader is shown.
beforeEach(() => vi.stubGlobal("window", {}))
afterEach(() => vi.unstubAllGlobals())

test("an answer has its names in the reader's language, and a form that sends them back loses none", () => {
  const at = new Date()
  const answer = { data: [{ id: 1, store: { name }, labels: [name, "pilot"], note: null }], at }
  const shown = namesIn("en", answer)
  expect(shown).toEqual({
    data: [{ id: 1, store: { name: "Shanghai Jing'an" }, labels: ["Shanghai Jing'an", "pilot"], note: null }],
    at,
  })
  expect(asStored(shown)).toEqual(answer)
  const plain = { data: [{ name: "Pudong" }] }
  expect(namesIn("en", plain)).toBe(plain)
})

test("of two names that are the same in a language, a form changes neither into the other", () => {
  const people = [inBothLanguages("王伟", "Wang Wei"), inBothLanguages("王薇", "Wang Wei")]
  const shown = namesIn("en", people)
  expect(shown).toEqual(["Wang Wei", people[1]])
  expect(asStored(shown)).toEqual(people)
})
