"use client"

import { Text } from "@mantine/core"
import { useFormatter } from "next-intl"
import { percentText } from "@/components/ui/percent"

/** A rate with its counts, or a dash without attempts. */
export function Rate({
  failures,
  attempts,
  decimals = 1,
}: {
  failures: number
  attempts: number
  decimals?: number
}) {
  const format = useFormatter()
  return (
    <Text span size="sm">
      {percentText(format, attempts === 0 ? null : failures / attempts, decimals)}{" "}
      <Text span size="xs" c="dimmed">
        {format.number(failures)} / {format.number(attempts)}
      </Text>
    </Text>
  )
}
