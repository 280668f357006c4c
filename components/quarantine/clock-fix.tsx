"use client"

import { Group, Radio, Stack, TextInput } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import { useMissing } from "@/components/ui/use-missing"
import { oneOf } from "@/lib/base/one-of"
import { timeByOwnClock, withTime } from "@/lib/intake/quarantine/correct-clock"

type Props = {
  record: Record<string, unknown>
  receivedAt: string
  isBusy: boolean
  onReplay: (correction: string) => void
}

const choices = ["received", "ownClock", "entered"] as const

/** Asks for the true time of a record with a wrong clock. */
export function ClockFix({ record, receivedAt, isBusy, onReplay }: Props) {
  const t = useTranslations("quarantine.clock")
  const format = useFormatter()
  const missing = useMissing()
  const [choice, setChoice] = useState<(typeof choices)[number]>("received")
  const [entered, setEntered] = useState("")
  const ownClock = timeByOwnClock(record, receivedAt)
  const enteredAt = Number.isNaN(Date.parse(entered)) ? null : new Date(entered).toISOString()
  const at = { received: receivedAt, ownClock, entered: enteredAt }[choice]
  const time = (instant: string) =>
    format.dateTime(new Date(instant), { dateStyle: "medium", timeStyle: "medium" })
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t("label")}
        value={choice}
        onChange={(value) => setChoice(oneOf(choices, value) ?? "received")}
      >
        <Stack gap={6} mt={6}>
          <Radio value="received" label={t("received", { time: time(receivedAt) })} />
          {ownClock ? <Radio value="ownClock" label={t("ownClock", { time: time(ownClock) })} /> : null}
          <Radio value="entered" label={t("entered")} />
        </Stack>
      </Radio.Group>
      {choice === "entered" ? (
        <TextInput
          type="datetime-local"
          step={1}
          maw={260}
          size="xs"
          label={t("time")}
          description={enteredAt ? t("means", { time: time(enteredAt) }) : t("zone")}
          value={entered}
          onChange={(event) => setEntered(event.currentTarget.value)}
        />
      ) : null}
      <Group>
        <ReasonedButton
          size="xs"
          notYet={missing([at === null && t("time")])}
          loading={isBusy}
          onClick={() => at !== null && onReplay(JSON.stringify(withTime(record, at)))}
        >
          {t("replay")}
        </ReasonedButton>
      </Group>
    </Stack>
  )
}
