"use client"

import { Text } from "@mantine/core"
import { useFormatter } from "next-intl"

/** A rate with its counts, or a dash without attempts. */
export function Rate({ failures, attempts }: { failures: number; attempts: number }) {
  const format = useFormatter()
  return (
    <Text span size="sm">
      {attempts === 0
        ? "—"
        : format.number(failures / attempts, {
            style: "percent",
            minimumFractionDigits: 1,
            maximumFractionDigits: 1,
          })}{" "}
      <Text span size="xs" c="dimmed">
        {format.number(failures)} / {format.number(attempts)}
      </Text>
    </Text>
  )
}
