"use client"

import { Alert, Anchor, Group, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { ClassBadge, IncidentSubject } from "@/components/incidents/incident-title"
import { paths } from "@/lib/base/paths"
import { incidentListOptions } from "@/lib/insight/incidents/queries"

/** The open incidents that explain failures at a terminal. */
export function IncidentNotice({ terminalId }: { terminalId: number }) {
  const t = useTranslations("incidents")
  const incidents = useQuery(incidentListOptions({ terminal: terminalId, state: "open" })).data?.data ?? []
  if (incidents.length === 0) return null
  return (
    <Alert color="blue" title={t("ofTerminal")}>
      <Stack gap={4}>
        {incidents.map((incident) => (
          <Group key={incident.id} gap="xs">
            <ClassBadge of={incident.class} />
            <Anchor component={Link} href={paths.incident(incident.id)} size="sm">
              <IncidentSubject incident={incident} />
            </Anchor>
          </Group>
        ))}
      </Stack>
    </Alert>
  )
}
