import type { Reason } from "@/lib/insight/flags/schemas"
import type { Words } from "@/lib/outlook/reports/words"

/** A flag's reason as a sentence for a file, with `time` to write instants. */
export function reasonText(reason: Reason, t: Words, time: (at: string) => string): string {
  switch (reason.code) {
    case "silent":
      return t("reasons.silent", {
        at: time(reason.lastBeatAt),
        minutes: reason.openMinutes,
        interval: reason.intervalMinutes,
      })
    case "silent_unknown_hours":
      return t("reasons.silent_unknown_hours", {
        at: time(reason.lastBeatAt),
        hours: reason.hours,
        interval: reason.intervalMinutes,
      })
    case "check_failed":
      return t("reasons.check_failed", { check: t(`checks.${reason.check}`) })
    case "tamper":
      return t("reasons.tamper")
    case "release_behind":
      return t("reasons.release_behind", {
        component: t(`components.${reason.component}`),
        current: reason.current,
        minimum: reason.minimum,
      })
    case "use_end_passed":
    case "use_end_near":
      return t(`reasons.${reason.code}`, { model: reason.model, on: reason.on, days: reason.days })
  }
}
