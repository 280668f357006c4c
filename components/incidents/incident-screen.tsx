"use client"

import { Anchor, Badge, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { ClassBadge, IncidentSubject } from "@/components/incidents/incident-title"
import { PlanPanel } from "@/components/incidents/plan-panel"
import { SimpleTable } from "@/components/tables/simple-table"
import { ErrorState } from "@/components/ui/error-state"
import { expectedText } from "@/components/ui/expected"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { daysText } from "@/components/ui/period"
import { StoreName } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import { incidentOptions } from "@/lib/insight/incidents/queries"
import type { IncidentDetail } from "@/lib/insight/incidents/schemas"
import { countedOverWeeks } from "@/lib/insight/incidents/words"

/** An incident with what to do, its timeline and its terminals. */
export function IncidentScreen({ incidentId, canChange }: { incidentId: number; canChange: boolean }) {
  const t = useTranslations("incidents.plan")
  const query = useQuery(incidentOptions(incidentId))
  const incident = query.data
  if (!incident)
    return query.isError ? <ErrorState onRetry={() => void query.refetch()} /> : <Skeleton height={500} />
  return (
    <Stack gap="md">
      <Header incident={incident} />
      {query.isError ? <ErrorState onRetry={() => void query.refetch()} /> : null}
      <PlanPanel plan={incident.plan} title={t("title")} canChange={canChange} />
      <Timeline incident={incident} />
      {incident.class === "card-testing" ? null : <Members incident={incident} />}
    </Stack>
  )
}

function Header({ incident }: { incident: IncidentDetail }) {
  const t = useTranslations("incidents")
  const { mergedInto } = incident
  return (
    <PageHeader
      title={<IncidentSubject incident={incident} />}
      subtitle={
        <Stack gap={4}>
          <Group gap="xs">
            <ClassBadge of={incident.class} />
            <Badge variant="outline" color={incident.state === "open" ? "red" : "gray"}>
              {t(`states.${incident.state}`)}
            </Badge>
          </Group>
          <Text size="sm">
            <Numbers incident={incident} />
          </Text>
          {incident.terminal ? (
            <Anchor component={Link} href={paths.terminal(incident.terminal.id)} size="sm">
              {t("toTerminal")}
            </Anchor>
          ) : null}
          {mergedInto === null ? null : (
            <Anchor component={Link} href={paths.incident(mergedInto)} size="sm">
              {t("mergedInto")}
            </Anchor>
          )}
        </Stack>
      }
    />
  )
}

function Numbers({ incident }: { incident: IncidentDetail }) {
  const t = useTranslations("incidents")
  const { observed, expected, terminals } = incident
  const span = countedOverWeeks.some((known) => known === incident.class) ? "weeks" : "day"
  if (expected <= 0) return t("noNumbers")
  const numbers = t("numbers", { observed: Math.round(observed), expected, span })
  return incident.class === "card-testing" ? numbers : `${numbers} ${t("terminals", { terminals })}`
}

function Timeline({ incident: { timeline, store, class: cls } }: { incident: IncidentDetail }) {
  const t = useTranslations("incidents")
  const format = useFormatter()
  return (
    <Panel title={t("timeline")}>
      <SimpleTable
        label={t("timeline")}
        minWidth={440}
        head={[
          { key: "at", title: t("columns.at"), width: 180 },
          { key: "what", title: t("columns.what") },
          { key: "observed", title: t("columns.observed"), align: "right" },
          { key: "expected", title: t("columns.expected"), align: "right" },
        ]}
        rows={timeline.map(({ at, what, observed, expected }, i) => ({
          key: `${at} ${i}`,
          cells: [
            format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" }),
            t(`steps.${what}`),
            observed === null ? "—" : format.number(Math.round(observed)),
            expected === null ? "—" : expectedText(format, expected),
          ],
        }))}
      />
      {store === null && cls !== "ingest" ? (
        <Text size="xs" c="dimmed" mt="xs">
          {t("ofAllStores")}
        </Text>
      ) : null}
    </Panel>
  )
}

function Members({ incident: { members, terminals } }: { incident: IncidentDetail }) {
  const t = useTranslations("incidents")
  const format = useFormatter()
  return (
    <Panel title={t("membersTitle", { count: terminals })}>
      {members.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noMembers")}
        </Text>
      ) : (
        <SimpleTable
          label={t("membersTitle", { count: terminals })}
          minWidth={520}
          maxHeight={480}
          head={[
            { key: "terminal", title: t("columns.terminal") },
            { key: "store", title: t("columns.store") },
            { key: "days", title: t("columns.days") },
            { key: "observed", title: t("columns.observed"), align: "right" },
            { key: "expected", title: t("columns.expected"), align: "right" },
          ]}
          rows={members.map(({ terminal, store, firstOn, lastOn, observed, expected }) => ({
            key: String(terminal.id),
            cells: [
              <Anchor key="terminal" component={Link} href={paths.terminal(terminal.id)} size="sm">
                {terminal.serial}
              </Anchor>,
              <StoreName key="store" name={store.name} />,
              daysText(format, firstOn, lastOn),
              format.number(Math.round(observed)),
              expectedText(format, expected),
            ],
          }))}
        />
      )}
    </Panel>
  )
}
