import { expect, test } from "vitest"
import { closingAfter } from "@/lib/fleet/stores/closing"
import type { Calendar, OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"

type Spans = [string, string][]
const daily = (...spans: Spans): OpeningHours => Object.fromEntries(weekdays.map((day) => [day, spans]))

const store = (change: Partial<Calendar>): Calendar => ({
  zone: "Asia/Shanghai",
  hours: daily(["09:00", "22:00"]),
  exceptions: {},
  closedOn: null,
  ...change,
})

test.each<[string, Partial<Calendar>, string, string]>([
  ["during the day", {}, "2026-11-24T10:00+08:00", "2026-11-24T22:00+08:00"],
  ["before it opens", {}, "2026-11-24T08:30+08:00", "2026-11-24T22:00+08:00"],
  ["after it has closed", {}, "2026-11-24T22:00+08:00", "2026-11-25T22:00+08:00"],
  [
    "before a break",
    { hours: daily(["09:00", "13:00"], ["16:00", "21:00"]) },
    "2026-11-24T10:00+08:00",
    "2026-11-24T21:00+08:00",
  ],
  [
    "in the night of a bar",
    { hours: daily(["18:00", "02:00"]) },
    "2026-11-25T01:00+08:00",
    "2026-11-25T02:00+08:00",
  ],
  [
    "before a holiday",
    { exceptions: { "2026-11-25": [], "2026-11-26": [] } },
    "2026-11-24T23:00+08:00",
    "2026-11-27T22:00+08:00",
  ],
  ["with unknown hours", { hours: null }, "2026-11-24T10:00+08:00", "2026-11-25T10:00+08:00"],
  [
    "where it never closes",
    { hours: daily(["00:00", "24:00"]) },
    "2026-11-24T10:00+08:00",
    "2026-11-25T10:00+08:00",
  ],
  [
    "where it does not close until a holiday",
    { hours: daily(["00:00", "24:00"]), exceptions: { "2026-11-25": [] } },
    "2026-11-24T10:00+08:00",
    "2026-11-25T00:00+08:00",
  ],
  [
    "in the night in which clocks are set back",
    { zone: "Europe/Berlin", hours: daily(["18:00", "03:00"]) },
    "2026-10-24T22:00+02:00",
    "2026-10-25T03:00+01:00",
  ],
  [
    "in the night in which clocks are set forward",
    { zone: "America/New_York", hours: daily(["18:00", "03:00"]) },
    "2026-03-07T22:00-05:00",
    "2026-03-08T03:00-04:00",
  ],
])("a business day ends at closing: %s", (_name, change, at, closes) =>
  expect(new Date(closingAfter(store(change), Date.parse(at))).toISOString()).toBe(
    new Date(closes).toISOString(),
  ),
)

test("a business day does not end where the store never opens", () =>
  expect(closingAfter(store({ hours: {} }), Date.parse("2026-11-24T10:00Z"))).toBe(Infinity))
