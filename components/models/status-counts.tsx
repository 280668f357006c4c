"use client"

import { Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Model } from "@/lib/fleet/models/schemas"
import { terminalStatuses } from "@/lib/fleet/terminals/words"

/** Numbers of terminals by status, or a dash. */
export function StatusCounts({ terminals }: { terminals: Model["terminals"] }) {
  const t = useTranslations("terminalStatuses")
  const counted = terminalStatuses.flatMap((status) =>
    terminals[status] ? [`${t(status)} ${terminals[status]}`] : [],
  )
  return (
    <Text span size="sm">
      {counted.join(" · ") || "—"}
    </Text>
  )
}
