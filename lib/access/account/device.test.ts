import { expect, test } from "vitest"
import { deviceOf } from "@/lib/access/account/device"

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
      "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "Microsoft Edge",
    "Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
      "Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari",
    "iOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) " +
      "Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.56",
    "WeChat",
    "Android",
  ],
])("reads browser and system from a user agent: %s", (userAgent, browser, system) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system, userAgent: null })
})

test("shortens a user agent that is not a known browser", () => {
  expect(deviceOf(`x/1 ${"y".repeat(200)}`).userAgent).toHaveLength(80)
  expect(deviceOf(null)).toEqual({ browser: null, system: null, userAgent: null })
})
