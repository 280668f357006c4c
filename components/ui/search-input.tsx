"use client"

import { TextInput } from "@mantine/core"
import { useDebouncedCallback } from "@mantine/hooks"

type Props = {
  label: string
  value: string | null
  /** Is called when the user stops typing. */
  onSearch: (text: string) => void
  maxLength?: number
  w?: number
}

/** A field that searches a list. */
export function SearchInput({ label, value, onSearch, ...size }: Props) {
  const search = useDebouncedCallback(onSearch, 300)
  return (
    <TextInput
      size="xs"
      defaultValue={value ?? ""}
      onChange={(event) => search(event.currentTarget.value)}
      placeholder={label}
      aria-label={label}
      {...size}
    />
  )
}
