"use client"

import { ActionIcon, Group, Text, TextInput } from "@mantine/core"
import { IconTrash } from "@tabler/icons-react"
import { useTranslations } from "next-intl"

export type Span = [opens: string, closes: string]

type Props = { label: string; span: Span; onChange: (span: Span) => void; onRemove?: () => void }

// A time field cannot hold 24:00. Closing at 00:00 is the same instant.
const shown = (clock: string) => (clock === "24:00" ? "00:00" : clock)

/** Opening and closing time of one span of a day. */
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
