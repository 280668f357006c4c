import { describe, expect, test } from "vitest"
import { networkOf } from "@/lib/base/limits/network"

describe("networkOf", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["what", "what"],
  ])("counts %s as %s", (address, network) => expect(networkOf(address)).toBe(network))

  test("counts requests without an address as one", () => expect(networkOf(null)).toBe("unknown"))
})
