import { expect, test } from "vitest"
import { cookieFlags, cookieName } from "@/lib/base/http/cookies"

test("prefixes cookies with __Host- over https, and leaves them plain over http", () => {
  expect([cookieName("locale", true), cookieFlags(true).secure]).toEqual(["__Host-locale", true])
  expect([cookieName("locale", false), cookieFlags(false).secure]).toEqual(["locale", false])
})
