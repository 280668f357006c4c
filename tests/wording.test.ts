import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import zh from "@/lib/base/i18n/messages/zh.json"

const textsOf = (messages: object, prefix = ""): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : textsOf(value as object, `${prefix}${key}.`),
  )

describe("no Chinese message has", () => {
  test.each([
    ["punctuation of the Latin script", /[\p{sc=Han}”）][:;,?!.](?!\d)|[:;,?!](?=[\p{sc=Han}“（])/u],
    [
      "a space beside Chinese punctuation or between characters",
      /[。，：；！？（）、“”] | [。，：；！？（）、“]|\p{sc=Han} +\p{sc=Han}/u,
    ],
    ["a second word for to edit", /编辑/],
  ])("%s", (_, pattern) => {
    expect(textsOf(zh).filter(([, text]) => pattern.test(text))).toEqual([])
  })
})

test("components join texts with the punctuation of the reader's language", () => {
  // Such as .join(", ") or `${name}: ${value}`. Class names and fonts are no texts.
  const latin = /\.join\("[,;:] "\)|\}: \$\{/
  const files = readdirSync("components", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^shell\/theme\.ts$/.test(path))
    .filter((path) => latin.test(readFileSync(join("components", path), "utf8")))
  expect(files).toEqual([])
})
