"use client"

import { NumberInput, Select, Textarea, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { oneOf } from "@/lib/base/one-of"
import { amountOf, minorDigits, minorOf } from "@/lib/fleet/acquirers/money"
import { components, type Component } from "@/lib/fleet/catalogue/components"
import { modelsOptions } from "@/lib/fleet/models/queries"

type Text = {
  label: string
  description?: string
  value: string | null
  onChange: (value: string | null) => void
  isRequired?: boolean
  maxLength?: number
  type?: "text" | "email"
}

export const TextField = ({ value, onChange, isRequired = false, maxLength = 200, ...shown }: Text) => (
  <TextInput
    {...shown}
    value={value ?? ""}
    required={isRequired}
    maxLength={maxLength}
    onChange={(event) => onChange(event.currentTarget.value || null)}
  />
)

export const LongField = ({
  value,
  onChange,
  isRequired = false,
  maxLength = 2000,
  ...shown
}: Omit<Text, "type">) => (
  <Textarea
    {...shown}
    autosize
    minRows={2}
    value={value ?? ""}
    required={isRequired}
    maxLength={maxLength}
    onChange={(event) => onChange(event.currentTarget.value || null)}
  />
)

export const DayField = ({ value, onChange, isRequired = false, ...shown }: Omit<Text, "type">) => (
  <TextInput
    {...shown}
    type="date"
    value={value ?? ""}
    required={isRequired}
    onChange={(event) => onChange(event.currentTarget.value || null)}
  />
)

type NumberProps = {
  label: string
  description?: string
  suffix?: string
  min: number
  max?: number
  allowDecimal?: boolean
  decimalScale?: number
  value: number | null
  onChange: (value: number | null) => void
}

/** A number or none. The server says if it is out of bounds. */
export const NumberField = ({ value, onChange, ...shown }: NumberProps) => (
  <NumberInput
    {...shown}
    clampBehavior="none"
    value={value ?? ""}
    onChange={(typed) => onChange(typed === "" ? null : Number(typed))}
  />
)

/** An amount in minor units, or none. */
export const MoneyField = ({
  currency,
  value,
  onChange,
  ...shown
}: Pick<NumberProps, "label" | "description" | "value" | "onChange"> & { currency: string }) => (
  <NumberField
    {...shown}
    min={0}
    decimalScale={minorDigits(currency)}
    value={value === null ? null : amountOf(value, currency)}
    onChange={(amount) => onChange(amount === null ? null : minorOf(amount, currency))}
  />
)

export function ComponentField({
  value,
  onChange,
}: {
  value: Component
  onChange: (value: Component) => void
}) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  return (
    <Select
      label={t("component")}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange(oneOf(components, chosen) ?? value)}
      data={components.map((known) => ({ value: known, label: tComponent(known) }))}
    />
  )
}

/** Selects one entry or none. `none` is the label for no entry. */
export function EntryField({
  label,
  none,
  entries,
  value,
  onChange,
}: {
  label: string
  none: string
  entries: readonly { id: number; name: string }[] | undefined
  value: number | null
  onChange: (value: number | null) => void
}) {
  return (
    <Select
      label={label}
      placeholder={none}
      clearable
      searchable
      limit={100}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
      data={(entries ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  )
}

export function ModelField({
  value,
  onChange,
}: {
  value: number | null
  onChange: (value: number | null) => void
}) {
  const t = useTranslations("catalogue")
  return (
    <EntryField
      label={t("model")}
      none={t("allModels")}
      entries={useQuery(modelsOptions()).data?.data}
      value={value}
      onChange={onChange}
    />
  )
}
