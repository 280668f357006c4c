import type { Reason } from "@/lib/insight/flags/schemas"
import { boundsOf } from "@/lib/insight/trends/words"

type Writing = {
  /** Translates a message by its full key. */
  t: (key: string, values?: Record<string, string | number>) => string
  time: (at: string) => string
  day: (on: string) => string
  /** An amount in minor units. */
  money: (minor: number, currency: string) => string
}

/** A flag's reason as a sentence, for a screen or a file. */
export function reasonText(reason: Reason, { t, time, day, money }: Writing): string {
  const say = (values?: Record<string, string | number>) => t(`flags.reasons.${reason.code}`, values)
  switch (reason.code) {
    case "silent":
      return say({
        at: time(reason.lastBeatAt),
        hours: Math.floor(reason.openMinutes / 60),
        minutes: reason.openMinutes % 60,
        interval: reason.intervalMinutes,
      })
    case "silent_unknown_hours":
      return say({ at: time(reason.lastBeatAt), hours: reason.hours, interval: reason.intervalMinutes })
    case "check_failed":
      return say({ check: t(`checks.${reason.check}`) })
    case "tamper":
      return say()
    case "release_behind":
      return say({
        component: t(`components.${reason.component}`),
        current: reason.current,
        minimum: reason.minimum,
      })
    case "use_end_passed":
    case "use_end_near":
      return say({ model: reason.model, on: day(reason.on), days: reason.days })
    case "storage_full":
      return say({ used: reason.used })
    case "battery_worn":
      return say({ health: reason.health })
    case "printer_fault":
      return say()
    case "wears_out":
      return say({
        what: t(`flags.wears.${reason.signal}`, { level: reason.level, limit: reason.limit }),
        on: day(reason.on),
        bounds: t(`flags.bounds.${boundsOf(reason)}`, {
          early: day(reason.early ?? reason.on),
          late: day(reason.late ?? reason.on),
        }),
      })
    case "signal_weak":
      return say({ level: reason.level, drop: reason.drop, hasOthers: String(reason.others !== null) })
    case "keeping_costs_more":
      return say({
        keeping: money(reason.keepingMinor, reason.currency),
        fresh: money(reason.newMinor, reason.currency),
        years: Math.floor(reason.ageMonths / 12),
        months: reason.ageMonths % 12,
        failures: reason.failures,
      })
    case "in_warranty":
      return say({ until: day(reason.until) })
    case "repeated_failures":
      return say({ failures: reason.failures, days: reason.days })
    case "moved":
      return say({ metres: reason.metres })
    case "idle":
    case "idle_long":
      return say({ on: day(reason.on), hadSales: String(reason.hadSales) })
    case "fails_often":
      return say({
        what: t(`flags.fails.${reason.rule}`),
        over: t(`flags.over.${reason.test}`),
        on: day(reason.on),
        observed: reason.observed,
        expected: reason.expected,
        ratio: reason.ratio,
        low: reason.low,
        high: reason.high,
      })
    case "alone_in_store":
      return say()
  }
}
