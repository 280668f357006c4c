"use client"

import { Anchor, Group, SegmentedControl, Stack } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import { incidentColumns } from "@/components/incidents/incident-columns"
import { subjectWith } from "@/components/incidents/incident-title"
import { incidentView } from "@/components/incidents/view"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { CountTabs } from "@/components/ui/count-tabs"
import { EmptyList } from "@/components/ui/empty-list"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { oneOf } from "@/lib/base/one-of"
import { readWhole } from "@/lib/base/pages/read-whole"
import { paths } from "@/lib/base/paths"
import { incidentListOptions } from "@/lib/insight/incidents/queries"
import { incidentClasses, incidentStates } from "@/lib/insight/incidents/words"

/** The list of incidents, the newest first. */
export function IncidentsScreen() {
  const t = useTranslations("incidents")
  const words = useTranslations()
  const client = useQueryClient()
  const [view, setView] = useQueryStates(incidentView)
  const { cursor, ...filter } = view
  const list = useQuery(incidentListOptions(given(view)))
  const page = list.data
  const counts = page?.counts ?? {}
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const total = filter.class ? (counts[filter.class] ?? 0) : all
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Group gap="sm">
          <Anchor component={Link} href={paths.contingencyPlans} size="sm">
            {t("plans")}
          </Anchor>
          <SegmentedControl
            size="xs"
            value={view.state}
            onChange={(value) =>
              void setView({ state: oneOf(incidentStates, value) ?? "open", cursor: null })
            }
            data={incidentStates.map((value) => ({ value, label: t(`states.${value}`) }))}
            aria-label={t("stateLabel")}
          />
        </Group>
      </PageHeader>
      <CountTabs
        names={incidentClasses}
        counts={counts}
        chosen={filter.class}
        title={(name) => (name === "all" ? t("all") : t(`classes.${name}`))}
        onChoose={(name) => void setView({ class: name, cursor: null })}
      />
      <DataTable
        name="incidents"
        label={t("title")}
        columns={incidentColumns}
        title={(id) => t(`columns.${id}`)}
        rows={page?.data}
        query={list}
        rowId={({ id }) => String(id)}
        nameOf={(incident) => subjectWith(incident, words)}
        readRows={() =>
          readWhole((at) =>
            client.fetchQuery(
              incidentListOptions({ ...given(filter), limit: 200, ...given({ cursor: at }) }),
            ),
          )
        }
        empty={
          <EmptyList
            isFiltered={Boolean(filter.class ?? filter.store)}
            noMatch={t("noMatch")}
            none={t(`none.${view.state}`)}
            onClear={() => void setView(null)}
          >
            {view.state === "open" ? t("noneText") : null}
          </EmptyList>
        }
        pager={
          <Pager
            page={page && { ...page, total }}
            rows={page?.data.length}
            cursor={cursor}
            onMove={(to) => void setView({ cursor: to })}
          />
        }
        minWidth={720}
      />
    </Stack>
  )
}
