"use client"

import { Button, Divider, Stack, Text, Title } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormErrors } from "@/components/places/use-form-errors"
import { ExceptionsEditor } from "@/components/stores/exceptions-editor"
import { useDayNames } from "@/components/stores/use-day-names"
import { spansText, useRangeText } from "@/components/stores/use-range-text"
import { WeekEditor } from "@/components/stores/week-editor"
import { SimpleTable } from "@/components/tables/simple-table"
import { FormDrawer } from "@/components/ui/form-drawer"
import { Panel } from "@/components/ui/panel"
import { rangesOf } from "@/lib/fleet/stores/exception-days"
import { changeStore } from "@/lib/fleet/stores/queries"
import type { Store } from "@/lib/fleet/stores/schemas"
import { weekdays } from "@/lib/fleet/stores/words"

/** A store's opening hours, with a form to change them. */
export function HoursPanel({ store, mayChange }: { store: Store; mayChange: boolean }) {
  const t = useTranslations("places")
  const dayNames = useDayNames()
  const rangeText = useRangeText()
  const [isOpen, setIsOpen] = useState(false)
  const comma = useTranslations("common")("comma")
  const { openingHours: hours, hoursExceptions } = store
  const exceptions = rangesOf(hoursExceptions)
  return (
    <Panel
      title={t("openingHours")}
      action={
        mayChange ? (
          <Button size="compact-sm" variant="light" onClick={() => setIsOpen(true)}>
            {t("changeHours")}
          </Button>
        ) : null
      }
    >
      {hours ? (
        <SimpleTable
          verticalSpacing={4}
          layout="fixed"
          hasRowHeads
          rows={weekdays.map((day) => ({
            key: day,
            cells: [
              dayNames[day],
              hours[day]?.length ? (
                spansText(hours[day], comma)
              ) : (
                <Text span size="sm" c="dimmed" key="closed">
                  {t("closed")}
                </Text>
              ),
            ],
          }))}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t("hoursUnknown")}
        </Text>
      )}
      {exceptions.length > 0 ? (
        <Stack gap={4} mt="sm">
          <Text size="sm" fw={600}>
            {t("exceptions")}
          </Text>
          {exceptions.map((range) => (
            <Text key={range.from} size="sm">
              {rangeText(range)}
            </Text>
          ))}
        </Stack>
      ) : null}
      {isOpen ? <HoursDrawer store={store} onClose={() => setIsOpen(false)} /> : null}
    </Panel>
  )
}

function HoursDrawer({ store, onClose }: { store: Store; onClose: () => void }) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const [openingHours, setHours] = useState(store.openingHours)
  const [hoursExceptions, setExceptions] = useState(store.hoursExceptions)
  const saving = useMutation({
    mutationFn: () => changeStore(store.id, { openingHours, hoursExceptions }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["stores"] })
      onClose()
    },
  })
  const errors = useFormErrors(saving.error)
  const failure = errors.at("openingHours") ?? errors.at("hoursExceptions") ?? errors.whole
  return (
    <FormDrawer
      title={t("openingHours")}
      size="lg"
      action={t("save")}
      isBusy={saving.isPending}
      failure={failure}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {t("hoursNote", { zone: store.timeZone })}
      </Text>
      <WeekEditor value={openingHours} onChange={setHours} />
      <Divider />
      <Title order={3} size="h6">
        {t("exceptions")}
      </Title>
      <ExceptionsEditor value={hoursExceptions} onChange={setExceptions} />
    </FormDrawer>
  )
}
