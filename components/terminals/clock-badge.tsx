"use client"

import { Badge } from "@mantine/core"
import { IconClockExclamation } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { clockDrift } from "@/lib/fleet/terminals/read/clock-drift"

/** The error of the terminal's clock, if it is wrong. */
export function ClockBadge({ offsetMs }: { offsetMs: number }) {
  const t = useTranslations("clockDrift")
  const drift = clockDrift(offsetMs)
  if (!drift) return null
  const { direction, unit, value } = drift
  return (
    <Badge
      size="sm"
      variant="light"
      color="orange"
      leftSection={<IconClockExclamation size={12} aria-hidden />}
      title={t("corrected")}
    >
      {t(`${direction}.${unit}`, { value })}
    </Badge>
  )
}
