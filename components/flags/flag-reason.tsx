"use client"

import { useFormatter, useTranslations } from "next-intl"
import type { Reason } from "@/lib/insight/flags/schemas"

/** One reason in words, with its numbers. */
export function FlagReason({ reason }: { reason: Reason }) {
  const t = useTranslations("flags.reasons")
  const tComponent = useTranslations("components")
  const tCheck = useTranslations("checks")
  const format = useFormatter()
  const time = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" })
  const date = (on: string) =>
    format.dateTime(new Date(`${on}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })
  switch (reason.code) {
    case "silent":
      return t("silent", {
        at: time(reason.lastBeatAt),
        minutes: reason.openMinutes,
        interval: reason.intervalMinutes,
      })
    case "silent_unknown_hours":
      return t("silent_unknown_hours", {
        at: time(reason.lastBeatAt),
        hours: reason.hours,
        interval: reason.intervalMinutes,
      })
    case "check_failed":
      return t("check_failed", { check: tCheck(reason.check) })
    case "tamper":
      return t("tamper")
    case "release_behind":
      return t("release_behind", {
        component: tComponent(reason.component),
        current: reason.current,
        minimum: reason.minimum,
      })
    case "use_end_passed":
    case "use_end_near":
      return t(reason.code, { model: reason.model, on: date(reason.on), days: reason.days })
  }
}
