import { createTranslator } from "next-intl"
import { expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { reasonText } from "@/lib/insight/flags/reason-text"
import { Reason } from "@/lib/insight/flags/schemas"
import { incidentRules, nightlyRules } from "@/lib/insight/flags/words"
import { hasDueDate, signals } from "@/lib/insight/trends/words"

const silence = { lastBeatAt: "2026-11-24T14:59:00Z", intervalMinutes: 15 }
const failing = { observed: 14, expected: 2.3, ratio: 4.9, low: 2.8, high: 7.96, p: 1e-6, on: "2026-11-29" }
const reasons: [Reason, ...string[]][] = [
  [{ code: "silent", ...silence, openMinutes: 1234 }, "at 2026-11-24T14:59:00Z", "20 ", "34 ", "15"],
  [{ code: "silent", ...silence, openMinutes: 59 }, " 59 ", "15"],
  [{ code: "silent_unknown_hours", ...silence, hours: 26 }, "at 2026-11-24T14:59:00Z", "26", "15"],
  [{ code: "check_failed", check: "pinpad" }],
  [{ code: "check_failed", check: "reader" }],
  [{ code: "check_failed", check: "security" }],
  [{ code: "tamper" }],
  [{ code: "release_behind", component: "emvKernel", current: "4.3j", minimum: "4.3k" }, "4.3j", "4.3k"],
  [
    { code: "lines_behind", component: "app", current: "4.8.1", newest: "5.2.0", lines: 3 },
    "4.8.1",
    "5.2.0",
    "3",
  ],
  [
    { code: "patch_too_old", component: "securityPatch", current: "2026-03-05", days: 180 },
    "on 2026-03-05",
    "180",
  ],
  [{ code: "use_end_passed", model: "M3", on: "2026-01-31", days: 298 }, "M3", "on 2026-01-31", "298"],
  [{ code: "use_end_near", model: "M3", on: "2027-01-31", days: 67 }, "M3", "on 2027-01-31", "67"],
  [{ code: "not_up_at_opening", openedAt: "2026-11-24T01:00:00Z" }, "at 2026-11-24T01:00:00Z"],
  [{ code: "flapping", times: 4 }, "4"],
  [{ code: "storage_full", used: 93 }, "93"],
  [{ code: "battery_worn", health: 68 }, "68"],
  [{ code: "printer_fault" }],
  [{ code: "moved", metres: 870 }, "870"],
  ...signals.flatMap((signal) =>
    [
      { early: "2027-01-10", late: "2027-02-20" },
      { early: "2027-01-10", late: null },
      { early: null, late: "2027-02-20" },
      { early: null, late: null },
    ].map((bounds): [Reason, ...string[]] => [
      { code: "wears_out", signal, level: 74.5, limit: 70, on: "2027-01-31", ...bounds },
      "74.5",
      "70",
      ...(hasDueDate(signal) ? ["2027-01-31", bounds.early, bounds.late] : []).flatMap((date) =>
        date === null ? [] : [`on ${date}`],
      ),
    ]),
  ),
  [
    {
      code: "keeping_costs_more",
      keepingMinor: 90_100,
      newMinor: 60_200,
      currency: "CNY",
      ageMonths: 65,
      failures: 4,
    },
    "CNY 90100",
    "CNY 60200",
    "5 ",
    "4 ",
  ],
  [
    {
      code: "past_best_age",
      bestMonths: 62,
      newMinor: 60_200,
      currency: "CNY",
      ageMonths: 77,
      failures: 0,
    },
    "CNY 60200",
    "5 ",
    "2 ",
    "6 ",
  ],
  [{ code: "in_warranty", on: "2027-01-31" }, "on 2027-01-31"],
  [{ code: "repeated_failures", failures: 3, days: 180 }, "3 ", "180 "],
  [{ code: "signal_weak", level: -84, drop: 12, others: 1 }, "84", "12"],
  [{ code: "signal_weak", level: -84, drop: 12, others: null }, "84", "12"],
  [
    { code: "unsent_sales", sales: 12, amountMinor: 98_550, currency: "CNY", until: "2026-11-25T10:00:00Z" },
    "12",
    "985.50 CNY",
    "at 2026-11-25T10:00:00Z",
  ],
  [{ code: "day_not_closed", openedAt: "2026-11-24T01:00:00Z" }, "at 2026-11-24T01:00:00Z"],
  [{ code: "maintenance_mode", since: "2026-11-24T01:00:00Z" }, "at 2026-11-24T01:00:00Z"],
  [{ code: "clock_wrong", direction: "fast", value: 7, unit: "minutes" }, "7"],
  [{ code: "idle", on: "2026-08-01", hadSales: true }, "on 2026-08-01"],
  [{ code: "idle_long", on: "2025-08-01", hadSales: false }, "on 2025-08-01"],
  ...nightlyRules.map((rule): [Reason, ...string[]] => [
    { ...failing, code: "fails_often", rule, test: "week", ruledOut: [] },
    "on 2026-11-29",
    "14",
    "2.3",
    "4.9",
    "2.8",
    "8.0",
  ]),
  [{ ...failing, code: "fails_often", rule: "clock", test: "change", ruledOut: [] }, "14"],
  [{ ...failing, expected: 0.02, code: "fails_often", rule: "keys", test: "week", ruledOut: [] }, "0.1"],
  [{ code: "alone_in_store" }],
  ...incidentRules.map((rule): [Reason, ...string[]] => [
    { code: "incident", rule, who: "W7", observed: 40.305, expected: 8, on: "2026-11-29" },
    ...(rule === "store_line" ? [] : ["W7"]),
    "40 ",
    "8.0",
    "on 2026-11-29",
  ]),
]

test("the cases cover every reason", () => {
  expect(new Set(reasons.map(([{ code }]) => code))).toEqual(
    new Set(Reason.options.map(({ shape }) => shape.code.value)),
  )
})

test.each([
  ["en", en, /^[A-Z][ -~]+$/],
  ["zh", zh, /[\u4e00-\u9fff]{2}/],
] as const)("a reason is written in %s, with its numbers", (locale, messages, language) => {
  const t = createTranslator({ locale, messages, onError: (error) => expect.unreachable(error.message) })
  const writing = {
    t: t as (key: string) => string,
    time: (at: string) => `at ${at}`,
    day: (on: string) => `on ${on}`,
    money: (minor: number, currency: string) => `${currency} ${minor}`,
  }
  for (const [reason, ...parts] of reasons) {
    const text = reasonText(reason, writing)
    expect(text).toMatch(language)
    expect(parts.filter((part) => !text.includes(part))).toEqual([])
  }
})

test("errors of a printer have no date", () => {
  const t = createTranslator({ locale: "en", messages: en })
  const dated = { on: "2026-11-24", early: "2026-11-24", late: "2026-11-24" }
  const text = reasonText(
    { code: "wears_out", signal: "printer_errors", level: 6, limit: 5, ...dated },
    { t: t as (key: string) => string, time: String, day: String, money: String },
  )
  expect(text).toBe("The printer had an error in 6 hours per 1,000 receipts; the limit is 5")
})
