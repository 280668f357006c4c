"use client"

import { Anchor } from "@mantine/core"

/** The name of a row. It opens the row if the user may change it. */
export function NameCell({ name, onOpen }: { name: string; onOpen?: (() => void) | undefined }) {
  if (!onOpen) return name
  return (
    <Anchor component="button" ta="left" size="sm" onClick={onOpen}>
      {name}
    </Anchor>
  )
}
