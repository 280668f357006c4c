"use client"

import {
  ActionIcon,
  Fieldset,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core"
import { IconPlus, IconTrash } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { SpanFields, type Span } from "@/components/stores/span-fields"
import { useRangeText } from "@/components/stores/use-range-text"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import { useMissing } from "@/components/ui/use-missing"
import { rangesOf, withoutRange, withRange } from "@/lib/fleet/stores/exception-days"
import type { HoursExceptions } from "@/lib/fleet/stores/opening-hours"
import { mostExceptions } from "@/lib/fleet/stores/words"

const usual: Span = ["10:00", "18:00"]

type Props = { value: HoursExceptions; onChange: (exceptions: HoursExceptions) => void }

/** Dates or ranges of dates with other opening hours. */
export function ExceptionsEditor({ value, onChange }: Props) {
  const t = useTranslations("places")
  const rangeText = useRangeText()
  return (
    <Stack gap="xs">
      {rangesOf(value).map((range) => (
        <Group key={range.from} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm">{rangeText(range)}</Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("removeException", { days: rangeText(range) })}
            onClick={() => onChange(withoutRange(value, range))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {Object.keys(value).length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noExceptions")}
        </Text>
      ) : null}
      <NewException value={value} onChange={onChange} />
    </Stack>
  )
}

function NewException({ value, onChange }: Props) {
  const t = useTranslations("places")
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const [span, setSpan] = useState<Span | null>(null)
  const last = to || from
  const isBackward = from !== "" && last < from
  const next =
    from === "" || isBackward ? value : withRange(value, { from, to: last, spans: span ? [span] : [] })
  const missing = useMissing()
  const whyTooMany = t("tooManyExceptions", { most: mostExceptions })
  const isTooMany = Object.keys(next).length > mostExceptions
  const add = () => {
    onChange(next)
    setFrom("")
    setTo("")
  }
  return (
    <Fieldset legend={t("addException")}>
      <Stack gap="xs" align="flex-start">
        <SimpleGrid cols={2} w="100%">
          <TextInput
            type="date"
            size="xs"
            label={t("from")}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            size="xs"
            label={t("until")}
            description={t("untilNote")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={to}
            min={from}
            onChange={(event) => setTo(event.currentTarget.value)}
            error={isBackward ? t("backward") : null}
          />
        </SimpleGrid>
        <SegmentedControl
          size="xs"
          aria-label={t("addException")}
          value={span ? "open" : "closed"}
          onChange={(kind) => setSpan(kind === "open" ? usual : null)}
          data={[
            { value: "closed", label: t("closedDays") },
            { value: "open", label: t("specialHours") },
          ]}
        />
        {span ? <SpanFields label={t("specialHours")} span={span} onChange={setSpan} /> : null}
        <ReasonedButton
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} aria-hidden />}
          notYet={isBackward ? t("backward") : isTooMany ? whyTooMany : missing([from === "" && t("from")])}
          onClick={add}
        >
          {t("add")}
        </ReasonedButton>
      </Stack>
    </Fieldset>
  )
}
