import { describe, expect, it } from "vitest"
import { hrefOf, type FailureRow } from "@/components/failures/failure-columns"
import { causePath, linkWithin, loadFailuresView } from "@/components/failures/view"
import type { Grouping } from "@/lib/insight/rates/words"

const counted = { attempts: 9, failures: 3, rate: 1 / 3 }
const rate = { ...counted, interval: null, raw: counted }

function rowOf(groupBy: Grouping, value: string, view: Record<string, string>): FailureRow {
  const within = linkWithin(loadFailuresView(new URLSearchParams(view)))
  return { ...rate, previous: rate, label: value, value, groupBy, within }
}

const linkOf = (groupBy: Grouping, value: string, view: Record<string, string>) => {
  const href = hrefOf(rowOf(groupBy, value, view))
  return href && Object.fromEntries(new URLSearchParams(href.split("?")[1]))
}

describe("the link of a row", () => {
  it("keeps the period and every filter", () => {
    const filters = { range: "30d", cause: "system", merchant: "1", region: "2", model: "3" }
    expect(linkOf("store", "7", filters)).toEqual({ ...filters, store: "7", groupBy: "terminal" })
    const dates = { from: "2026-11-24", to: "2026-11-25", store: "7" }
    expect(linkOf("model", "3", dates)).toEqual({ ...dates, model: "3", groupBy: "terminal" })
  })

  it("opens a terminal with the range of the page", () => {
    expect(hrefOf(rowOf("terminal", "5", { range: "24h" }))).toBe("/terminals/5?range=24h")
  })

  it.each(["operator", "code", "release"] as const)("leads nowhere by %s", (groupBy) => {
    expect(hrefOf(rowOf(groupBy, "7:12", {}))).toBeNull()
  })
})

describe("the link of a cause", () => {
  it("leads to codes for dates, and to places for hours", () => {
    expect(causePath("system", { range: "7d" })).toContain("groupBy=code")
    expect(causePath("system", { range: "24h" })).toContain("groupBy=store")
    expect(causePath("system", { from: "2026-11-24T09:00:00Z", store: "7" })).toContain("groupBy=terminal")
  })

  it.each(["terminal", "model"] as const)("leads nowhere within a %s", (filter) => {
    expect(linkOf("cause", "system", { [filter]: "5" })).toBeNull()
  })
})
