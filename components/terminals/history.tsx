"use client"

import { Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { personWith } from "@/components/audit/entry-words"
import { useStoreName } from "@/components/ui/store-name"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

/** The terminal's stores, statuses and TIDs over time, newest first, with author and note. */
export function History({ entries }: { entries: Terminal["history"] }) {
  const t = useTranslations("terminal")
  const tAll = useTranslations()
  const tStatus = useTranslations("terminalStatuses")
  const storeName = useStoreName()
  const format = useFormatter()
  const date = (at: string) =>
    at.startsWith("1970")
      ? t("fromTheBeginning")
      : format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" })
  return (
    <Stack gap="xs">
      {entries.map(({ kind, value, fromAt, toAt, byName, note }) => (
        <Text key={`${kind} ${value} ${fromAt}`} size="sm">
          <Text span c="dimmed">
            {t(`assignment.${kind}`)}
          </Text>{" "}
          {kind === "status" ? tStatus(value) : kind === "store" ? storeName(value) : value}{" "}
          <Text span size="xs" c="dimmed">
            {date(fromAt)} – {toAt ? date(toAt) : t("now")}
            {byName ? ` · ${personWith(byName, tAll)}` : ""}
          </Text>
          {note ? (
            <Text span display="block" size="xs" style={{ overflowWrap: "anywhere" }}>
              {note}
            </Text>
          ) : null}
        </Text>
      ))}
    </Stack>
  )
}
