import { amountOf } from "@/lib/fleet/acquirers/money"
import type { Reason } from "@/lib/insight/flags/schemas"

type Writing = {
  /** Translates a message by its full key. */
  t: (key: string, values?: Record<string, string | number>) => string
  time: (at: string) => string
  day: (on: string) => string
}

const amountsOf = ({ sales, amountMinor, currency }: Extract<Reason, { code: "unsent_sales" }>) => ({
  sales,
  hasAmount: String(amountMinor !== null),
  amount: amountOf(amountMinor ?? 0, currency ?? ""),
  currency: currency ?? "",
})

/** A flag's reason as a sentence, for a screen or a file. */
export const reasonText = (reason: Reason, writing: Writing): string =>
  writing.t(`flags.reasons.${reason.code}`, valuesOf(reason, writing))

/** What the sentence says: the reason's numbers, and texts in the reader's language. */
function valuesOf(reason: Reason, { t, time, day }: Writing): Record<string, string | number> {
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
      return { ...reason, on: day(reason.on) }
    case "unsent_sales":
      return { ...amountsOf(reason), until: time(reason.until) }
    case "idle":
    case "idle_long":
      return { on: day(reason.on), hadSales: String(reason.hadSales) }
    case "day_not_closed":
      return { at: time(reason.openedAt) }
    case "maintenance_mode":
      return { at: time(reason.since) }
    case "clock_wrong":
      return { drift: t(`clockDrift.${reason.direction}.${reason.unit}`, { value: reason.value }) }
    case "fails_often": {
      const { ruledOut: _ruledOut, ...numbers } = reason
      const [what, over] = [t(`flags.fails.${reason.rule}`), t(`flags.over.${reason.test}`)]
      return { ...numbers, what, over, on: day(reason.on) }
    }
    case "incident":
      return {
        what: t(`flags.incidents.${reason.rule}`, { who: reason.who }),
        over: reason.rule === "cashier_errors" || reason.rule === "bad_release" ? "weeks" : "day",
        on: day(reason.on),
        observed: reason.observed,
        expected: reason.expected,
      }
    case "tamper":
    case "flapping":
    case "storage_full":
    case "battery_worn":
    case "printer_fault":
    case "moved":
    case "alone_in_store":
      return reason
  }
}
