import { describe, expect, it } from "vitest"
import { hrefOf, type FailureRow } from "@/components/failures/failure-columns"
import { causePath, linkWithin, loadFailuresView, matrixQuery } from "@/components/failures/view"
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

  it.each(["operator", "code", "release", "issuer", "acquirer", "entryMode"] as const)(
    "leads to single sales by %s",
    (groupBy) => {
      expect(linkOf(groupBy, "7:12", { store: "7" })).toEqual({
        range: "7d",
        store: "7",
        [groupBy]: "7:12",
        show: "sales",
      })
    },
  )

  it("goes from cause to subcause to code to sales, which have other verdicts than their code", () => {
    expect(linkOf("cause", "system", {})).toMatchObject({ cause: "system", groupBy: "subcause" })
    const within = { cause: "system", subcause: "timeout" }
    expect(linkOf("subcause", "timeout", { cause: "system" })).toMatchObject({ ...within, groupBy: "code" })
    expect(linkOf("code", "unionpay:98", within)).toEqual({
      range: "7d",
      subcause: "timeout",
      code: "unionpay:98",
      show: "sales",
    })
  })
})

describe("the link of a cause", () => {
  it("leads to subcauses for dates, and to places for hours", () => {
    expect(causePath("system", { range: "7d" })).toContain("groupBy=subcause")
    expect(causePath("system", { range: "24h" })).toContain("groupBy=store")
    expect(causePath("system", { from: "2026-11-24T09:00:00Z", store: "7" })).toContain("groupBy=terminal")
  })

  it.each(["terminal", "model"] as const)("leads to single sales within a %s", (filter) => {
    expect(linkOf("cause", "system", { [filter]: "5" })).toMatchObject({ show: "sales", cause: "system" })
  })
})

describe("the map of stores", () => {
  const queryOf = (view: Record<string, string>) => matrixQuery(loadFailuresView(new URLSearchParams(view)))

  it("is by cause where sums of the grouping are not kept", () => {
    expect(queryOf({ model: "3", groupBy: "release" })).toMatchObject({ model: 3, groupBy: "cause" })
  })
})
