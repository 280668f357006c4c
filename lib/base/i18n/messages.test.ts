import { expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

type Message = { key: string; text: string }

const messagesOf = (messages: object, prefix = ""): Message[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string"
      ? [{ key: `${prefix}${key}`, text: value }]
      : messagesOf(value as object, `${prefix}${key}.`),
  )
const messages = [...messagesOf(en), ...messagesOf(zh)]

test("a subtitle of one sentence ends without a full stop, one of several with it", () => {
  const subtitles = messages.filter(({ key }) => /subtitle$/i.test(key))
  expect(subtitles.length).toBeGreaterThan(40)
  const isWrong = ({ text }: Message) => {
    const isLong = /\. |。./.test(text)
    return isLong !== /[.。]$/.test(text)
  }
  expect(subtitles.filter(isWrong)).toEqual([])
})
