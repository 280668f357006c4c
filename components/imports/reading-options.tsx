"use client"

import { Group, NumberInput, Select } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { UploadQuery } from "@/lib/intake/imports/runs/schemas"
import { delimiters, encodings } from "@/lib/intake/imports/words"

export type Reading = Pick<UploadQuery, "encoding" | "delimiter" | "headerRow">
const allOptions: readonly (keyof Reading)[] = ["encoding", "delimiter", "headerRow"]
type Props = {
  reading: Reading
  onChange: (reading: Reading) => void
  shown?: readonly (keyof Reading)[]
}

const mostHeaderRow = 50

/** The options with one set, or without it. Missing options are detected in the file. */
function withMember<Key extends keyof Reading>(reading: Reading, key: Key, value: Reading[Key]): Reading {
  const { [key]: _old, ...others } = reading
  return (value === undefined ? others : { ...others, [key]: value }) as Reading
}

/** Encoding, delimiter and header row of a file. The default is to detect them. */
export function ReadingOptions({ reading, onChange, shown = allOptions }: Props) {
  const t = useTranslations("imports")
  return (
    <Group gap="xs">
      {shown.includes("encoding") ? (
        <OptionSelect
          width={230}
          label={t("encoding")}
          placeholder={t("encodingAuto")}
          values={encodings}
          labelOf={(value) => t(`encodings.${value}`)}
          value={reading.encoding}
          onChange={(value) => onChange(withMember(reading, "encoding", value))}
        />
      ) : null}
      {shown.includes("delimiter") ? (
        <OptionSelect
          width={190}
          label={t("delimiter")}
          placeholder={t("delimiterAuto")}
          values={delimiters}
          labelOf={(value) => t(`delimiters.${delimiterNames[value]}`)}
          value={reading.delimiter}
          onChange={(value) => onChange(withMember(reading, "delimiter", value))}
        />
      ) : null}
      <NumberInput
        size="xs"
        w={190}
        min={0}
        max={mostHeaderRow}
        allowDecimal={false}
        placeholder={t("headerRowAuto")}
        aria-label={t("headerRow")}
        value={reading.headerRow ?? ""}
        onChange={(row) =>
          onChange(withMember(reading, "headerRow", typeof row === "number" ? row : undefined))
        }
      />
    </Group>
  )
}

type SelectProps<Value extends string> = {
  width: number
  label: string
  placeholder: string
  values: readonly Value[]
  labelOf: (value: Value) => string
  value: Value | undefined
  onChange: (value: Value | undefined) => void
}

function OptionSelect<Value extends string>({
  width,
  label,
  placeholder,
  values,
  labelOf,
  value,
  onChange,
}: SelectProps<Value>) {
  return (
    <Select
      size="xs"
      w={width}
      clearable
      placeholder={placeholder}
      aria-label={label}
      value={value ?? null}
      onChange={(chosen) => onChange(values.find((known) => known === chosen))}
      data={values.map((one) => ({ value: one, label: labelOf(one) }))}
    />
  )
}

const delimiterNames = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
} as const satisfies Record<(typeof delimiters)[number], string>
