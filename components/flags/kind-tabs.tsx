"use client"

import { Tabs } from "@mantine/core"
import { useTranslations } from "next-intl"
import { flagKinds, type FlagKind } from "@/lib/insight/flags/words"

/** Tabs for the kinds of flags, with their numbers. */
export function KindTabs({
  kind,
  counts,
  all,
  onChange,
}: {
  kind: FlagKind | null
  counts: Partial<Record<FlagKind, number>>
  all: number
  onChange: (kind: FlagKind | null) => void
}) {
  const t = useTranslations("flags")
  const tKind = useTranslations("flagKinds")
  return (
    <Tabs
      value={kind ?? "all"}
      onChange={(value) => onChange(flagKinds.find((known) => known === value) ?? null)}
    >
      <Tabs.List>
        <Tabs.Tab value="all">
          {t("all")} {all}
        </Tabs.Tab>
        {flagKinds
          .filter((known) => (counts[known] ?? 0) > 0 || known === kind)
          .map((known) => (
            <Tabs.Tab key={known} value={known}>
              {tKind(known)} {counts[known] ?? 0}
            </Tabs.Tab>
          ))}
      </Tabs.List>
    </Tabs>
  )
}
