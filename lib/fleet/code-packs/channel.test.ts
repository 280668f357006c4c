import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { channelOf } from "@/lib/fleet/code-packs/channel"
import { channelOfSubcause } from "@/lib/fleet/code-packs/subcauses"

describe("channelOf", () => {
  test.each([
    ["insufficient_funds", "chip", "issuer"],
    ["wrong_pin", "contactless", "user"],
    ["issuer_no_response", "swipe", "tech"],
    ["chip_read_error", "chip", "chip"],
    ["chip_read_error", "fallback", "chip"],
    ["contactless_read_error", "contactless", "contactless"],
    ["magstripe_read_error", "swipe", "magstripe"],
    ["card_read_error", "manual", "user"],
    ["magstripe_read_error", null, "magstripe"],
    ["chip_read_error", "ecommerce", null],
  ] as const)("%s by %s is felt at %s", (subcause, entryMode, channel) => {
    expect(channelOf(subcause, entryMode)).toBe(channel)
  })

  test("knows exactly the subcauses of shipped packs, and that of unmapped codes", () => {
    const folder = new URL("packs/", import.meta.url)
    const named = readdirSync(folder).flatMap((file) =>
      readFileSync(new URL(file, folder), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split("\t")[2] ?? ""),
    )
    expect(named).toHaveLength(1807)
    expect([...new Set([...named, "unmapped"])].toSorted()).toEqual(Object.keys(channelOfSubcause).toSorted())
  })
})
