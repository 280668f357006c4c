"use client"

import { Button, Popover, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import type { FailuresView } from "@/components/failures/view"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import { isDay } from "@/lib/base/time/reader-day"

type Dates = Pick<FailuresView, "from" | "to" | "compareFrom" | "compareTo">

/** Two periods by their dates. */
export function PeriodDates({ view, onChange }: { view: Dates; onChange: (change: Dates) => void }) {
  const t = useTranslations("failures")
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withinPortal shadow="md" position="bottom-start">
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened(!opened)}>
          {t("dates.choose")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {opened ? (
          <Fields
            view={view}
            onDone={(change) => {
              onChange(change)
              setOpened(false)
            }}
          />
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

const names = ["first", "last", "compareFirst", "compareLast"] as const

const shownOf = ({ from, to, compareFrom, compareTo }: Dates) => ({
  first: isDay(from) ? from : "",
  last: isDay(to) ? to : "",
  compareFirst: isDay(compareFrom) ? compareFrom : "",
  compareLast: isDay(compareTo) ? compareTo : "",
})

const span = (first: string, last: string) =>
  isDay(first) && isDay(last) && first <= last ? { first, last } : null

function Fields({ view, onDone }: { view: Dates; onDone: (change: Dates) => void }) {
  const t = useTranslations("failures")
  const [typed, setTyped] = useState(shownOf(view))
  const [own, compared] = [span(typed.first, typed.last), span(typed.compareFirst, typed.compareLast)]
  const isComparing = typed.compareFirst !== "" || typed.compareLast !== ""
  const isReady = own !== null && (!isComparing || compared !== null)
  const field = (name: (typeof names)[number]) => (
    <TextInput
      key={name}
      size="xs"
      type="date"
      label={t(`dates.${name}`)}
      value={typed[name]}
      onChange={({ currentTarget: { value } }) => setTyped({ ...typed, [name]: value })}
    />
  )
  return (
    <Stack gap="xs" maw={320}>
      <SimpleGrid cols={2} spacing="xs">
        {names.map(field)}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t("dates.text")}
      </Text>
      <ReasonedButton
        size="xs"
        notYet={isReady ? null : t("dates.notYet")}
        onClick={() =>
          onDone({
            from: own?.first ?? null,
            to: own?.last ?? null,
            compareFrom: compared?.first ?? null,
            compareTo: compared?.last ?? null,
          })
        }
      >
        {t("dates.show")}
      </ReasonedButton>
    </Stack>
  )
}
