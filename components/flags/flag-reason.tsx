"use client"

import { useFormatter, useTranslations } from "next-intl"
import { reasonText } from "@/lib/insight/flags/reason-text"
import type { Reason } from "@/lib/insight/flags/schemas"

/** One reason in words, with its numbers. */
export function FlagReason({ reason }: { reason: Reason }) {
  const t = useTranslations()
  const format = useFormatter()
  return reasonText(reason, {
    t,
    time: (at) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" }),
    day: (on) => format.dateTime(new Date(`${on}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" }),
  })
}
