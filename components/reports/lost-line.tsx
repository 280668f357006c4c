"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { amountText } from "@/components/ui/amount"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** How many sales were lost, and what they were worth, by the causes of verdicts. */
export function LostLine({ lost: { data } }: Pick<WeeklyReport, "lost">) {
  const t = useTranslations("report")
  const tCause = useTranslations("causes")
  const format = useFormatter()
  if (data.length === 0) return null
  const list = data.map(({ value, sales, amountMinor, currency }) =>
    t("lostOf", { cause: tCause(value), sales, amount: amountText(format, amountMinor, currency) }),
  )
  return (
    <Text size="xs" c="dimmed">
      {t("lostText", { list: list.join(" · ") })}
    </Text>
  )
}
