"use client"

import { Button, Checkbox, Select, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState, type ChangeEvent } from "react"
import { PlacePicker } from "@/components/maintenance/place-picker"
import { placeWith } from "@/components/maintenance/window-columns"
import { FormDrawer } from "@/components/ui/form-drawer"
import { useMissing } from "@/components/ui/use-missing"
import { oneOf } from "@/lib/base/one-of"
import { endWindow, saveWindow, windowsKey } from "@/lib/fleet/maintenance/queries"
import type { Window, WindowDraft } from "@/lib/fleet/maintenance/schemas"
import { windowPlaces, type WindowPlace } from "@/lib/fleet/maintenance/words"

type Values = {
  reason: string
  kind: WindowPlace
  placeId: number | null
  starts: string
  ends: string
  isWeekly: boolean
  lastOn: string
}
const noValues: Values = {
  reason: "",
  kind: "store",
  placeId: null,
  starts: "",
  ends: "",
  isWeekly: false,
  lastOn: "",
}

const valuesOf = ({ reason, place, starts, ends, isWeekly, lastOn }: Window): Values => ({
  reason,
  kind: place.kind,
  placeId: place.id,
  starts,
  ends,
  isWeekly,
  lastOn: lastOn ?? "",
})

const draftOf = ({ reason, kind, placeId, starts, ends, isWeekly, lastOn }: Values): WindowDraft => ({
  reason: reason.trim(),
  place: kind === "organisation" ? { kind } : { kind, id: placeId ?? 0 },
  starts: starts.slice(0, 16),
  ends: ends.slice(0, 16),
  isWeekly,
  lastOn: isWeekly && lastOn !== "" ? lastOn : null,
})

type Props = { window: Window | null; isWhole: boolean; onClose: () => void }

/** Adds a maintenance window, or changes or ends one. Its place stays. */
export function WindowDrawer({ window, isWhole, onClose }: Props) {
  const t = useTranslations("maintenance")
  const client = useQueryClient()
  const [values, setValues] = useState(window ? valuesOf(window) : noValues)
  const set = (change: Partial<Values>) => setValues({ ...values, ...change })
  const missing = useMissing()
  const onSuccess = async () => {
    for (const queryKey of [windowsKey, ["flags"], ["overview"]]) await client.invalidateQueries({ queryKey })
    onClose()
  }
  const saving = useMutation({ mutationFn: () => saveWindow(window?.id ?? null, draftOf(values)), onSuccess })
  const ending = useMutation({ mutationFn: endWindow, onSuccess })
  return (
    <FormDrawer
      title={t(window ? "change" : "add")}
      action={t("save")}
      isBusy={saving.isPending || ending.isPending}
      notYet={missing([
        values.kind !== "organisation" && values.placeId === null && t(`places.${values.kind}`),
        values.reason.trim() === "" && t("fields.reason"),
        values.starts === "" && t("fields.starts"),
        values.ends === "" && t("fields.ends"),
      ])}
      failure={(saving.error ?? ending.error)?.message ?? null}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
      aside={
        window ? (
          <Button variant="light" color="red" onClick={() => ending.mutate(window.id)}>
            {t("end")}
          </Button>
        ) : null
      }
    >
      {window ? (
        <PlaceOf window={window} />
      ) : (
        <PlaceFields isWhole={isWhole} values={values} onChange={set} />
      )}
      <TimeFields values={values} onChange={set} />
    </FormDrawer>
  )
}

function PlaceOf({ window }: { window: Window }) {
  const t = useTranslations()
  return <Text size="sm">{placeWith(window, t)}</Text>
}

type Fields = { values: Values; onChange: (change: Partial<Values>) => void }

function PlaceFields({ isWhole, values: { kind, placeId }, onChange }: Fields & { isWhole: boolean }) {
  const t = useTranslations("maintenance")
  const kinds = windowPlaces.filter((one) => isWhole || one === "store" || one === "terminal")
  return (
    <>
      <Select
        label={t("fields.place")}
        allowDeselect={false}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`places.${value}`) }))}
        onChange={(value) => onChange({ kind: oneOf(kinds, value) ?? kind, placeId: null })}
      />
      {kind === "organisation" ? null : (
        <PlacePicker key={kind} kind={kind} value={placeId} onChange={(id) => onChange({ placeId: id })} />
      )}
    </>
  )
}

function TimeFields({ values, onChange }: Fields) {
  const t = useTranslations("maintenance")
  const field = (name: "reason" | "starts" | "ends" | "lastOn") => ({
    label: t(`fields.${name}`),
    value: values[name],
    onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => onChange({ [name]: value }),
  })
  return (
    <>
      <TextInput {...field("reason")} required maxLength={200} />
      <TextInput {...field("starts")} required type="datetime-local" step={60} />
      <TextInput
        {...field("ends")}
        required
        type="datetime-local"
        step={60}
        description={t("fields.clockText")}
      />
      <Checkbox
        label={t("fields.isWeekly")}
        checked={values.isWeekly}
        onChange={({ currentTarget: { checked } }) => onChange({ isWeekly: checked })}
      />
      {values.isWeekly ? (
        <TextInput {...field("lastOn")} type="date" description={t("fields.lastOnText")} />
      ) : null}
    </>
  )
}
