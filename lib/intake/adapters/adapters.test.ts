import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Vendor } from "@/lib/intake/adapters/adapters"
import { readVendor } from "@/tests/support/read-vendor"

describe("a time outside the range of dates", () => {
  const event = { object: "event", id: "evt_1", data: { object: { serial_number: "S" } } }
  test.each<[Vendor, object, string]>([
    ["paxstore", { serialNo: "S", lastAccessTime: 1.7958285330001234e16 }, "17958285330001234"],
    ["paxstore", { serialNo: "S", lastAccessTime: -1 }, "-1"],
    ["paxstore", { serialNo: "S", time: "99999-11-28 11:00:00", timezone: "UTC" }, "99999-11-28"],
    ["stripe", { serial_number: "S", last_seen_at: 1e20 }, "last_seen_at 100000000000000000000"],
    ["stripe", { ...event, created: 1e18 }, "created 1000000000000000000"],
  ])("of %s is rejected with a message: %j", (vendor, record, said) => {
    expect(readVendor(vendor, record)).toEqual([expect.stringContaining(said)])
  })

  test("never makes an adapter throw", () => {
    fc.assert(
      fc.property(fc.double(), (time) => {
        for (const [vendor, record] of [
          ["paxstore", { serialNo: "S", lastAccessTime: time }],
          ["stripe", { serial_number: "S", last_seen_at: time }],
          ["stripe", { ...event, created: time }],
        ] as const)
          expect(readVendor(vendor, record)).toHaveLength(1)
      }),
    )
  })
})

describe("Adyen's Management API", () => {
  const terminal = {
    id: "V400m-324688179",
    model: "V400m",
    serialNumber: "324688179",
    firmwareVersion: "1.89.4",
    assignment: { merchantId: "M", storeId: "S1" },
  }

  test("a terminal without activity updates only the inventory", () => {
    expect(readVendor("adyen-management", { data: [terminal] })).toEqual([
      { serial: "324688179", model: "V400m", merchant: "M", store: "S1" },
    ])
  })

  test("the last activity makes a heartbeat", () => {
    expect(
      readVendor("adyen-management", { ...terminal, lastActivityAt: "2026-11-24T09:30:00+01:00" }),
    ).toMatchObject([{ beat: { at: "2026-11-24T09:30:00+01:00", firmware: "1.89.4" } }])
  })
})
