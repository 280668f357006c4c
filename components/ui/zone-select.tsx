"use client"

import { Select, type SelectProps } from "@mantine/core"

// A stored zone may be missing from the browser's list.
const zonesWith = (zone: string): string[] =>
  [...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted()

type Props = Pick<
  SelectProps,
  "label" | "description" | "nothingFoundMessage" | "error" | "size" | "comboboxProps"
> & { value: string; onChange: (zone: string) => void }

/** Selects an IANA time zone by a part of its name. */
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
