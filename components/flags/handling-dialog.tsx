"use client"

import { Select, Text, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { oneOf } from "@/lib/base/one-of"
import { daysAfter } from "@/lib/base/time/days-after"
import { outcomes, type Outcome } from "@/lib/insight/flags/outcomes"
import { remoteActions, type RemoteAction } from "@/lib/insight/flags/remote-words"
import { handleFlags } from "@/lib/insight/handling/queries"
import type { Change } from "@/lib/insight/handling/schemas"
import type { Step } from "@/lib/insight/handling/words"

type Values = {
  to: string
  days: string
  text: string
  action: RemoteAction | null
  outcome: Outcome | null
}
const noValues: Values = { to: "", days: "7", text: "", action: null, outcome: null }

const snoozeDays = ["1", "3", "7", "30"] as const

/** What is sent, or null while something is missing. */
function changeOf(step: Step, { to, days, text, action, outcome }: Values): Change | null {
  const note = text.trim()
  switch (step) {
    case "acknowledge":
      return { what: step }
    case "assign":
      return { what: step, to: to.trim() || null }
    case "snooze":
      return { what: step, until: daysAfter(new Date(), Number(days)).toISOString() }
    case "comment":
      return note ? { what: step, text: note } : null
    case "try":
      return action && { what: step, action }
    case "find":
      return outcome && { what: step, outcome, ...(note ? { note } : {}) }
  }
}

type Props = {
  step: Step
  ids: readonly number[]
  /** What may be tried from afar. */
  actions?: readonly RemoteAction[]
  onDone: () => void
  onClose: () => void
}

/** Asks for what a step needs, and does it with the flags. */
export function HandlingDialog({ step, ids, actions = remoteActions, onDone, onClose }: Props) {
  const t = useTranslations("handling")
  const client = useQueryClient()
  const [values, setValues] = useState(noValues)
  const change = changeOf(step, values)
  const doing = useMutation({
    mutationFn: (wanted: Change) => handleFlags({ ids: [...ids], change: wanted }),
    onSuccess: async () => {
      onDone()
      await client.invalidateQueries({ queryKey: ["flags"] })
      await client.invalidateQueries({ queryKey: ["overview"] })
    },
  })
  return (
    <Dialog
      title={t(`steps.${step}`)}
      action={t(`steps.${step}`)}
      isBusy={doing.isPending}
      notYet={change ? null : t(needs[step] ?? "needsText")}
      failure={doing.error ? doing.error.message : null}
      onSubmit={() => {
        if (change) doing.mutate(change)
      }}
      onClose={onClose}
    >
      <Text size="sm">{t("count", { count: ids.length })}</Text>
      <StepFields
        step={step}
        values={values}
        actions={actions}
        onChange={(next) => setValues({ ...values, ...next })}
      />
    </Dialog>
  )
}

/** The message of what is missing. */
const needs: Partial<Record<Step, "needsOutcome" | "needsAction">> = {
  find: "needsOutcome",
  try: "needsAction",
}

type Fields = {
  step: Step
  values: Values
  actions: readonly RemoteAction[]
  onChange: (change: Partial<Values>) => void
}

function StepFields({ step, values, actions, onChange }: Fields) {
  const t = useTranslations("handling")
  switch (step) {
    case "acknowledge":
      return <Text size="sm">{t("acknowledgeText")}</Text>
    case "assign":
      return (
        <TextInput
          label={t("assignee")}
          description={t("assigneeText")}
          maxLength={100}
          value={values.to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      )
    case "snooze":
      return (
        <Select
          label={t("snoozeFor")}
          description={t("snoozeText")}
          allowDeselect={false}
          value={values.days}
          data={snoozeDays.map((days) => ({ value: days, label: t("days", { days: Number(days) }) }))}
          onChange={(days) => onChange({ days: days ?? "7" })}
        />
      )
    case "comment":
      return <Note label={t("comment")} values={values} onChange={onChange} />
    case "try":
      return (
        <Select
          label={t("action")}
          description={t("actionText")}
          withAsterisk
          value={values.action}
          data={actions.map((value) => ({ value, label: t(`actions.${value}`) }))}
          onChange={(value) => onChange({ action: oneOf(actions, value) })}
        />
      )
    case "find":
      return (
        <>
          <Select
            label={t("outcome")}
            withAsterisk
            value={values.outcome}
            data={outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
            onChange={(value) => onChange({ outcome: oneOf(outcomes, value) })}
          />
          {values.outcome ? <Text size="sm">{t(`then.${values.outcome}`)}</Text> : null}
          <Note label={t("note")} values={values} onChange={onChange} />
        </>
      )
  }
}

function Note({ label, values, onChange }: { label: string } & Pick<Fields, "values" | "onChange">) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={3}
      maxLength={1_000}
      value={values.text}
      onChange={(event) => onChange({ text: event.currentTarget.value })}
    />
  )
}
