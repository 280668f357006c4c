"use client"

import { Tabs } from "@mantine/core"
import { oneOf } from "@/lib/base/one-of"

type Props<Name extends string> = {
  names: readonly Name[]
  counts: Partial<Record<Name, number>>
  /** Null for all. */
  chosen: Name | null
  title: (name: Name | "all") => string
  onChoose: (name: Name | null) => void
}

/** Tabs that filter a list, with the number of rows of each. Names without rows are left out. */
export function CountTabs<Name extends string>({ names, counts, chosen, title, onChoose }: Props<Name>) {
  const countOf = (name: Name) => counts[name] ?? 0
  const all = names.reduce((sum, name) => sum + countOf(name), 0)
  return (
    <Tabs value={chosen ?? "all"} onChange={(value) => onChoose(oneOf(names, value))}>
      <Tabs.List>
        <Tabs.Tab value="all">
          {title("all")} {all}
        </Tabs.Tab>
        {names
          .filter((name) => countOf(name) > 0 || name === chosen)
          .map((name) => (
            <Tabs.Tab key={name} value={name}>
              {title(name)} {countOf(name)}
            </Tabs.Tab>
          ))}
      </Tabs.List>
    </Tabs>
  )
}
