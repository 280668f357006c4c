"use client"

import { ActionIcon, Group, Text, TextInput } from "@mantine/core"
import { IconTrash } from "@tabler/icons-react"
import { useTranslations } from "next-intl"

export type Span = [opens: string, closes: string]

type Props = { label: string; span: Span; onChange: (span: Span) => void; onRemove?: () => void }

// A field for a time knows no 24:00; a span that closes at 00:00 ends at the same instant.
const shown = (clock: string) => (clock === "24:00" ? "00:00" : clock)

/** From when to when, on the day that is named. */
export function SpanFields({ label, span: [opens, closes], onChange, onRemove }: Props) {
  const t = useTranslations("places")
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        type="time"
        size="xs"
        required
        aria-label={t("opensAt", { day: label })}
        value={shown(opens)}
        onChange={(event) => onChange([event.currentTarget.value, closes])}
      />
      <Text size="sm" c="dimmed">
        –
      </Text>
      <TextInput
        type="time"
        size="xs"
        required
        aria-label={t("closesAt", { day: label })}
        value={shown(closes)}
        onChange={(event) => onChange([opens, event.currentTarget.value])}
      />
      {onRemove ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("removeSpan", { day: label })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      ) : null}
    </Group>
  )
}
