"use client"

import { Select } from "@mantine/core"
import { useTranslations } from "next-intl"
import { oneOf } from "@/lib/base/one-of"

type Props<Value extends string> = {
  label: string
  values: readonly Value[]
  labelOf: (value: Value) => string
  value: Value | undefined
  onChange: (value: Value | null) => void
  placeholder?: string
  error?: string | undefined
}

/** Selects one value or none. Without a choice, the value is read from the file. */
export function Choice<Value extends string>({
  label,
  values,
  labelOf,
  value,
  onChange,
  placeholder,
  error,
}: Props<Value>) {
  const t = useTranslations("imports")
  return (
    <Select
      label={label}
      clearable
      searchable={values.length > 10}
      placeholder={placeholder ?? t("auto")}
      value={value ?? null}
      error={error}
      data={values.map((one) => ({ value: one, label: labelOf(one) }))}
      onChange={(chosen) => onChange(oneOf(values, chosen))}
    />
  )
}
