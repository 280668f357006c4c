"use client"

import { Group, NumberInput, Select } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { UploadQuery } from "@/lib/intake/imports/runs/schemas"
import { delimiters, encodings } from "@/lib/intake/imports/words"

export type Reading = Pick<UploadQuery, "encoding" | "delimiter" | "headerRow">
type Props = { reading: Reading; onChange: (reading: Reading) => void }

const mostHeaderRow = 50

/** The options with one set, or without it. Missing options are detected in the file. */
function withMember<Key extends keyof Reading>(reading: Reading, key: Key, value: Reading[Key]): Reading {
  const { [key]: _old, ...others } = reading
  return (value === undefined ? others : { ...others, [key]: value }) as Reading
}

/** Encoding, delimiter and header row of a file. The default is to detect them. */
export function ReadingOptions({ reading, onChange }: Props) {
  const t = useTranslations("imports")
  return (
    <Group gap="xs">
      <Select
        size="xs"
        w={230}
        clearable
        placeholder={t("encodingAuto")}
        aria-label={t("encoding")}
        value={reading.encoding ?? null}
        onChange={(value) =>
          onChange(
            withMember(
              reading,
              "encoding",
              encodings.find((known) => known === value),
            ),
          )
        }
        data={encodings.map((value) => ({ value, label: t(`encodings.${value}`) }))}
      />
      <Select
        size="xs"
        w={190}
        clearable
        placeholder={t("delimiterAuto")}
        aria-label={t("delimiter")}
        value={reading.delimiter ?? null}
        onChange={(value) =>
          onChange(
            withMember(
              reading,
              "delimiter",
              delimiters.find((known) => known === value),
            ),
          )
        }
        data={delimiters.map((value) => ({ value, label: t(`delimiters.${delimiterNames[value]}`) }))}
      />
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

const delimiterNames = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
} as const satisfies Record<(typeof delimiters)[number], string>
