import { expect, test, vi } from "vitest"

const logged = vi.hoisted<unknown[][]>(() => [])
vi.mock("@/lib/base/log/log", () => {
  const at =
    (level: string) =>
    (...line: unknown[]) =>
      void logged.push([level, ...line])
  return { log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } }
})

import { captureConsole } from "@/lib/base/log/capture-console"

test("what a library prints becomes a line of the log, without the values that an error quotes", () => {
  const own = { ...globalThis.console }
  captureConsole(own)
  own.error("it broke %d times:", 2, new Error("no digits"))
  own.warn(Object.assign(new Error("Failing row contains (a name)"), { code: "23505", detail: "a name" }))
  own.log({ a: 1 })
  expect(logged).toMatchObject([
    ["error", { printed: "it broke 2 times:", error: { message: "no digits" } }, "a library printed"],
    ["warn", { error: { code: "23505" } }, "a library printed"],
    ["info", { printed: "{ a: 1 }" }, "a library printed"],
  ])
  expect(JSON.stringify(logged)).not.toContain("a name")
})
