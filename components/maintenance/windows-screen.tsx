"use client"

import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { windowView } from "@/components/maintenance/view"
import { windowColumns } from "@/components/maintenance/window-columns"
import { WindowDrawer } from "@/components/maintenance/window-drawer"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { ClearFilter } from "@/components/ui/clear-filter"
import { EmptyList } from "@/components/ui/empty-list"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { oneOf } from "@/lib/base/one-of"
import { readWhole } from "@/lib/base/pages/read-whole"
import { windowListOptions } from "@/lib/fleet/maintenance/queries"
import type { Window } from "@/lib/fleet/maintenance/schemas"
import { windowStates } from "@/lib/fleet/maintenance/words"

type Props = {
  mayWrite: boolean
  /** Whether the user sees the whole organisation, and so may choose wider places than a store. */
  isWhole: boolean
}

/** When terminals are worked on, so that nothing about them is flagged. */
export function WindowsScreen({ mayWrite, isWhole }: Props) {
  const t = useTranslations("maintenance")
  const client = useQueryClient()
  const [{ cursor, ...view }, setView] = useQueryStates(windowView)
  const [opened, setOpened] = useState<Window | "new" | null>(null)
  const filter = given(view)
  const list = useQuery(windowListOptions({ ...filter, ...given({ cursor }) }))
  const page = list.data
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setOpened("new")}>
            {t("add")}
          </Button>
        ) : null}
      </PageHeader>
      <WindowFilters view={view} onChange={(change) => void setView({ ...change, cursor: null })} />
      <DataTable
        name="maintenance"
        label={t("title")}
        columns={windowColumns}
        title={(id) => t(`columns.${id}`)}
        rows={page?.data}
        query={list}
        rowId={({ id }) => String(id)}
        nameOf={({ reason }) => reason}
        onOpen={mayWrite && view.state === "current" ? setOpened : undefined}
        empty={
          <EmptyList
            isFiltered={view.terminal !== null}
            noMatch={t("noMatch")}
            none={t(`none.${view.state}`)}
            onClear={() => void setView({ terminal: null, cursor: null })}
          >
            {mayWrite && view.state === "current" ? t("noneText") : null}
          </EmptyList>
        }
        readRows={() =>
          readWhole((at) =>
            client.fetchQuery(windowListOptions({ ...filter, limit: 200, ...given({ cursor: at }) })),
          )
        }
        pager={
          <Pager
            page={page && { ...page, total: 0, isTotalExact: page.nextCursor === null }}
            cursor={cursor}
            onMove={(to) => void setView({ cursor: to })}
          />
        }
        minWidth={760}
      />
      <Text size="xs" c="dimmed">
        {t("text")}
      </Text>
      {opened === null ? null : (
        <WindowDrawer
          window={opened === "new" ? null : opened}
          isWhole={isWhole}
          onClose={() => setOpened(null)}
        />
      )}
    </Stack>
  )
}

type View = { state: (typeof windowStates)[number]; terminal: number | null }

function WindowFilters({ view, onChange }: { view: View; onChange: (change: Partial<View>) => void }) {
  const t = useTranslations("maintenance")
  const tFilter = useTranslations("failures")
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        value={view.state}
        onChange={(value) => onChange({ state: oneOf(windowStates, value) ?? "current" })}
        data={windowStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        aria-label={t("stateLabel")}
      />
      {view.terminal === null ? null : (
        <ClearFilter
          text={tFilter("oneTerminal")}
          label={tFilter("clear", { text: tFilter("oneTerminal") })}
          onClear={() => onChange({ terminal: null })}
        />
      )}
    </Group>
  )
}
