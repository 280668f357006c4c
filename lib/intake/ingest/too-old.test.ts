import { describe, expect, test } from "vitest"
import { tooOld, type Kept } from "@/lib/intake/ingest/too-old"

const day = (date: string) => Date.parse(`${date}T00:00:00Z`)
const receivedAt = day("2026-11-25")
const untouched: Kept = { raw_retention_days: 35, closed_from: null, closed_before: null }
const closed: Kept = {
  ...untouched,
  closed_from: new Date(day("2026-06-01")),
  closed_before: new Date(day("2026-11-01")),
}

describe("a record is too old", () => {
  test.each<[string, { at: string; isImport: boolean; kept: Kept }, string]>([
    [
      "when it is older than raw retention",
      { at: "2026-10-20", isImport: false, kept: untouched },
      "2026-10-20T00:00:00.000Z is older than the 35 days",
    ],
    [
      "not when it is as old as raw retention",
      { at: "2026-10-21", isImport: false, kept: untouched },
      "null",
    ],
    ["not when a file brings it", { at: "2019-01-01", isImport: true, kept: untouched }, "null"],
    [
      "when raw rows of its day are deleted, even if the setting is longer",
      { at: "2026-10-31", isImport: false, kept: { ...closed, raw_retention_days: 90 } },
      "deleted by age",
    ],
    [
      "when a file brings it to a day whose raw rows are deleted",
      { at: "2026-06-01", isImport: true, kept: closed },
      "2026-06-01 or later and before 2026-11-01",
    ],
    [
      "not when a file has history from before the deleted days",
      { at: "2026-05-31", isImport: true, kept: closed },
      "null",
    ],
    ["not after what was deleted", { at: "2026-11-01", isImport: true, kept: closed }, "null"],
  ])("%s", (_name, { at, isImport, kept }, expected) => {
    const reason = tooOld({ at: day(at), receivedAt, isImport, kept })
    expect(String(reason)).toContain(expected)
  })
})
