"use client"

import { Select } from "@mantine/core"
import { oneOf } from "@/lib/base/one-of"

/** A filter with one value or none. */
export function FilterSelect<Value extends string>({
  label,
  value,
  values,
  textOf,
  onChange,
  width = 130,
}: {
  label: string
  value: Value | null
  values: readonly Value[]
  textOf: (value: Value) => string
  onChange: (value: Value | null) => void
  width?: number
}) {
  return (
    <Select
      size="xs"
      w={width}
      clearable
      searchable={values.length > 8}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(chosen) => onChange(oneOf(values, chosen))}
      data={values.map((known) => ({ value: known, label: textOf(known) }))}
    />
  )
}

/** A filter by id. */
export function FilterById({
  label,
  value,
  choices = [],
  onChange,
  width,
}: {
  label: string
  value: number | null
  choices: readonly { id: number; name: string }[] | undefined
  onChange: (id: number | null) => void
  width?: number
}) {
  return (
    <Select
      size="xs"
      w={width ?? 130}
      clearable
      searchable
      placeholder={label}
      aria-label={label}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
      data={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  )
}
