import { pino } from "pino"
import { expect, test } from "vitest"
import { withoutCards } from "@/lib/base/log/log"

/** A well-known test number. */
const card = "4111111111111111"

test.each([
  ["a topic", { topic: `tillwatch/heartbeats/${card}` }],
  ["an error's message", { error: `cannot read ${card}` }],
  ["a stack", { error: { stack: [`at ${card} (file.ts:1:1)`] } }],
  ["a path", { path: "/api/v1/code-packs/4111 1111 1111 1111" }],
  ["a name", { [card]: 1 }],
])("a card number in %s is masked in the log", (_name, told) => {
  const lines: string[] = []
  const log = pino(
    { level: "info", base: null },
    withoutCards((line) => lines.push(line)),
  )
  log.info(told, `of ${card}`)
  expect(lines).toHaveLength(1)
  expect(lines[0]?.replaceAll(/\D/g, "")).not.toContain(card)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ msg: "of 411111******1111" })
})
