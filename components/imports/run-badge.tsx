"use client"

import { Badge, type MantineColor } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ImportState } from "@/lib/intake/imports/words"

const colors = {
  uploading: "gray",
  uploaded: "blue",
  queued: "yellow",
  running: "yellow",
  done: "teal",
  cancelled: "gray",
  failed: "red",
} as const satisfies Record<ImportState, MantineColor>

export function RunBadge({ state }: { state: ImportState }) {
  const t = useTranslations("imports.states")
  return (
    <Badge variant="light" color={colors[state]} style={{ flexShrink: 0 }}>
      {t(state)}
    </Badge>
  )
}
