import { expect, test } from "vitest"
import { cookieFlags, cookieName } from "@/lib/base/http/cookies"

test("over https the browser itself holds cookies to this host; over http on loopback they are plain", () => {
  expect([cookieName("locale", true), cookieFlags(true).secure]).toEqual(["__Host-locale", true])
  expect([cookieName("locale", false), cookieFlags(false).secure]).toEqual(["locale", false])
})
