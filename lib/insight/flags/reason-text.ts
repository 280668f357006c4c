import { amountOf } from "@/lib/fleet/acquirers/money"
import type { Reason } from "@/lib/insight/flags/schemas"
import { boundsOf, hasDueDate } from "@/lib/insight/trends/words"

type Writing = {
  /** Translates a message by its full key. */
  t: (key: string, values?: Record<string, string | number>) => string
  time: (at: string) => string
  day: (on: string) => string
  /** An amount in minor units. */
  money: (minor: number, currency: string) => string
}

/** A flag's reason as a sentence, for a screen or a file. */
export const reasonText = (reason: Reason, writing: Writing): string =>
  writing.t(`flags.reasons.${reason.code}`, valuesOf(reason, writing))

/** What the sentence says: the reason's numbers, and texts in the reader's language. */
function valuesOf(reason: Reason, { t, time, day, money }: Writing): Record<string, string | number> {
  switch (reason.code) {
    case "silent":
      return {
        at: time(reason.lastBeatAt),
        hours: Math.floor(reason.openMinutes / 60),
        minutes: reason.openMinutes % 60,
        interval: reason.intervalMinutes,
      }
    case "silent_unknown_hours":
      return { at: time(reason.lastBeatAt), hours: reason.hours, interval: reason.intervalMinutes }
    case "check_failed":
      return { check: t(`checks.${reason.check}`) }
    case "release_behind":
    case "lines_behind":
      return { ...reason, component: t(`components.${reason.component}`) }
    case "patch_too_old":
      return { on: day(reason.current), days: reason.days }
    case "use_end_passed":
    case "use_end_near":
    case "in_warranty":
      return { ...reason, on: day(reason.on) }
    case "wears_out":
      return wearOf(reason, { t, day })
    case "signal_weak":
      return { level: reason.level, drop: reason.drop, hasOthers: String(reason.others !== null) }
    case "keeping_costs_more":
      return { ...usedOf(reason, { t, money }), keeping: money(reason.keepingMinor, reason.currency) }
    case "past_best_age":
      return { ...usedOf(reason, { t, money }), best: ageOf(reason.bestMonths, t) }
    case "unsent_sales":
      return unsentOf(reason, time)
    case "idle":
    case "idle_long":
      return { on: day(reason.on), hadSales: String(reason.hadSales) }
    case "not_up_at_opening":
    case "day_not_closed":
      return { at: time(reason.openedAt) }
    case "maintenance_mode":
      return { at: time(reason.since) }
    case "clock_wrong":
      return { drift: t(`clockDrift.${reason.direction}.${reason.unit}`, { value: reason.value }) }
    case "fails_often":
      return failingOf(reason, { t, day })
    case "incident":
      return incidentOf(reason, { t, day })
    case "tamper":
    case "flapping":
    case "storage_full":
    case "battery_worn":
    case "printer_fault":
    case "moved":
    case "repeated_failures":
    case "alone_in_store":
      return reason
  }
}

type OfCode<Code extends Reason["code"]> = Extract<Reason, { code: Code }>

/** What is shown with one decimal is 0.0 below. */
const leastShown = 0.05

function failingOf(
  { ruledOut: _ruledOut, ...numbers }: OfCode<"fails_often">,
  { t, day }: Pick<Writing, "t" | "day">,
) {
  const [what, over] = [t(`flags.fails.${numbers.rule}`), t(`flags.over.${numbers.test}`)]
  const { expected } = numbers
  return { ...numbers, what, over, on: day(numbers.on), expected: expected < leastShown ? 0 : expected }
}

const incidentOf = (
  { rule, who, on, observed, expected }: OfCode<"incident">,
  { t, day }: Pick<Writing, "t" | "day">,
) => ({
  what: t(`flags.incidents.${rule}`, { who }),
  over: rule === "cashier_errors" || rule === "bad_release" ? "weeks" : "day",
  on: day(on),
  observed,
  expected,
})

function wearOf(reason: OfCode<"wears_out">, { t, day }: Pick<Writing, "t" | "day">) {
  const { level, limit, on, early, late } = reason
  return {
    what: t(`flags.wears.${reason.signal}`, { level, limit }),
    hasDate: String(hasDueDate(reason.signal)),
    on: day(on),
    bounds: t(`flags.bounds.${boundsOf(reason)}`, { early: day(early ?? on), late: day(late ?? on) }),
  }
}

const usedOf = (
  reason: OfCode<"keeping_costs_more" | "past_best_age">,
  { t, money }: Pick<Writing, "t" | "money">,
) => ({
  fresh: money(reason.newMinor, reason.currency),
  age: ageOf(reason.ageMonths, t),
  failures: reason.failures,
})

const ageOf = (months: number, t: Writing["t"]) =>
  t("flags.age", { years: Math.floor(months / 12), months: months % 12 })

const unsentOf = (
  { sales, amountMinor, currency, until }: OfCode<"unsent_sales">,
  time: Writing["time"],
) => ({
  sales,
  hasAmount: String(amountMinor !== null),
  amount: amountOf(amountMinor ?? 0, currency ?? ""),
  currency: currency ?? "",
  until: time(until),
})
