"use client"

import { useFormatter, useTranslations } from "next-intl"
import type { ReaderFormat } from "@/components/tables/columns"
import { amountText } from "@/components/ui/amount"
import { dayText } from "@/components/ui/day-text"
import { reasonText } from "@/lib/insight/flags/reason-text"
import type { Reason } from "@/lib/insight/flags/schemas"

/** Returns a function that writes a reason as a sentence. */
export const reasonWith = (reason: Reason, { t, format }: ReaderFormat): string =>
  reasonText(reason, {
    t,
    time: (at) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" }),
    day: (on) => dayText(format, on),
    money: (minor, currency) => amountText(format, minor, currency),
  })

/** A reason as a sentence. */
export function FlagReason({ reason }: { reason: Reason }) {
  return reasonWith(reason, { t: useTranslations(), format: useFormatter() })
}
