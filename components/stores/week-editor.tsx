"use client"

import { Button, Grid, Group, Stack, Switch, Text } from "@mantine/core"
import { IconCopy, IconPlus } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { SpanFields, type Span } from "@/components/stores/span-fields"
import { useDayNames } from "@/components/stores/use-day-names"
import type { OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { mostSpans, weekdays, type Weekday } from "@/lib/fleet/stores/words"

const usual: Span = ["09:00", "21:00"]
const restOfWeek: readonly Weekday[] = weekdays.slice(1, 5)

/** Opening hours of each weekday; null if unknown. */
export function WeekEditor({
  value,
  onChange,
}: {
  value: OpeningHours | null
  onChange: (hours: OpeningHours | null) => void
}) {
  const t = useTranslations("places")
  const dayNames = useDayNames()
  const copyMonday = (days: readonly Weekday[]) =>
    onChange({ ...value, ...Object.fromEntries(days.map((day) => [day, value?.mon ?? []])) })
  return (
    <Stack gap="xs">
      <Switch
        label={t("hoursKnown")}
        description={t("hoursKnownNote")}
        checked={value !== null}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked ? Object.fromEntries(weekdays.map((day) => [day, [usual]])) : null,
          )
        }
      />
      {value === null ? null : (
        <>
          {weekdays.map((day) => (
            <DayRow
              key={day}
              name={dayNames[day]}
              spans={value[day] ?? []}
              onChange={(spans) => onChange({ ...value, [day]: spans })}
            />
          ))}
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconCopy size={14} aria-hidden />}
              onClick={() => copyMonday(restOfWeek)}
            >
              {t("copyToWeekdays")}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconCopy size={14} aria-hidden />}
              onClick={() => copyMonday(weekdays)}
            >
              {t("copyToAll")}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            {t("nightNote")}
          </Text>
        </>
      )}
    </Stack>
  )
}

function DayRow({
  name,
  spans,
  onChange,
}: {
  name: string
  spans: Span[]
  onChange: (spans: Span[]) => void
}) {
  const t = useTranslations("places")
  return (
    <Grid gap="xs" align="flex-start" role="group" aria-label={name}>
      <Grid.Col span={{ base: 12, xs: 3 }}>
        <Text size="sm" fw={500} pt={4}>
          {name}
        </Text>
      </Grid.Col>
      <Grid.Col span={{ base: 12, xs: 9 }}>
        <Stack gap={6} align="flex-start">
          {spans.map((span, index) => (
            <SpanFields
              key={index + 1}
              label={name}
              span={span}
              onChange={(changed) => onChange(spans.map((old, at) => (at === index ? changed : old)))}
              onRemove={() => onChange(spans.filter((_, at) => at !== index))}
            />
          ))}
          <Group gap="xs">
            {spans.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t("closed")}
              </Text>
            ) : null}
            {spans.length < mostSpans ? (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPlus size={14} aria-hidden />}
                aria-label={t("addSpanOn", { day: name })}
                onClick={() => onChange([...spans, usual])}
              >
                {t("addSpan")}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </Grid.Col>
    </Grid>
  )
}
