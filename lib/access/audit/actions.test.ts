import { expect, test } from "vitest"
import { actions } from "@/lib/access/audit/actions"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

const named = (words: Record<string, Record<string, string>>) =>
  Object.entries(words).flatMap(([noun, verbs]) =>
    Object.entries(verbs).flatMap(([verb, text]) => (text === "" ? [] : [`${noun}.${verb}`])),
  )

test.each([
  ["English", en],
  ["Chinese", zh],
])("every action has a message in %s", (_language, messages) => {
  expect(named(messages.audit.actions).toSorted()).toEqual([...actions].toSorted())
})
