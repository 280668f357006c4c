"use client"

import { Alert, Anchor, Group, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { ClassBadge, IncidentSubject } from "@/components/incidents/incident-title"
import { newestIncidents } from "@/components/incidents/view"
import { paths } from "@/lib/base/paths"
import { incidentListOptions } from "@/lib/insight/incidents/queries"

/** The newest open incidents, of a terminal or of all. Nothing if there are none. */
export function IncidentNotice({ terminalId }: { terminalId?: number }) {
  const t = useTranslations("incidents")
  const { data } = useQuery(incidentListOptions(newestIncidents(terminalId)))
  if (!data || data.data.length === 0) return null
  const count = Object.values(data.counts).reduce((sum, one) => sum + one, 0)
  return (
    <Alert color="blue" title={terminalId === undefined ? t("openNow") : t("ofTerminal")}>
      <Stack gap={4}>
        {data.data.map((incident) => (
          <Group key={incident.id} gap="xs">
            <ClassBadge of={incident.class} />
            <Anchor component={Link} href={paths.incident(incident.id)} size="sm">
              <IncidentSubject incident={incident} />
            </Anchor>
          </Group>
        ))}
        {count > data.data.length ? (
          <Anchor component={Link} href={paths.incidents} size="sm">
            {t("allOf", { count })}
          </Anchor>
        ) : null}
      </Stack>
    </Alert>
  )
}
