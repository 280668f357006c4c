"use client"

import { Select, type SelectProps } from "@mantine/core"

// What the browser's own list leaves out may still be set.
const zonesWith = (zone: string): string[] =>
  [...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted()

type Props = Pick<
  SelectProps,
  "label" | "description" | "nothingFoundMessage" | "error" | "size" | "comboboxProps"
> & { value: string; onChange: (zone: string) => void }

/** An IANA time zone, found by a part of its name. */
export function ZoneSelect({ value, onChange, ...rest }: Props) {
  return (
    <Select
      searchable
      allowDeselect={false}
      limit={100}
      value={value}
      data={zonesWith(value)}
      onChange={(zone) => (zone ? onChange(zone) : undefined)}
      {...rest}
    />
  )
}
