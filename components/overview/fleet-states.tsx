"use client"

import { SimpleGrid } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { StateCard } from "@/components/overview/state-card"
import { stateColor } from "@/components/ui/badges"
import { paths } from "@/lib/base/paths"
import { onlineStates } from "@/lib/fleet/terminals/words"
import type { Overview } from "@/lib/outlook/overview/schemas"

/** Numbers of active terminals by online state. A card opens the terminals that it counts. */
export function FleetStates({ overview }: { overview: Overview }) {
  const t = useTranslations("overview")
  const tState = useTranslations("states")
  const format = useFormatter()
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="sm" component="section" aria-label={t("fleet")}>
      <StateCard
        href={`${paths.terminals}?status=active`}
        label={t("terminals")}
        value={format.number(overview.terminals)}
      />
      {onlineStates.map((state) => (
        <StateCard
          key={state}
          href={`${paths.terminals}?status=active&state=${state}`}
          label={tState(state)}
          value={format.number(overview.states[state])}
          color={overview.states[state] > 0 ? stateColor[state] : undefined}
        />
      ))}
    </SimpleGrid>
  )
}
