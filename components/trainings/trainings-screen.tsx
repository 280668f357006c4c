"use client"

import { Button, Group, Stack, Text } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { StoreFilter } from "@/components/places/store-filter"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { RemovalDialog } from "@/components/trainings/removal-dialog"
import { trainingColumns } from "@/components/trainings/training-columns"
import { TrainingDrawer } from "@/components/trainings/training-drawer"
import { trainingView } from "@/components/trainings/view"
import { EmptyList } from "@/components/ui/empty-list"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"
import { trainingsOptions } from "@/lib/insight/trainings/queries"
import type { Training } from "@/lib/insight/trainings/schemas"

/** Who was trained in what, and whether it helped. */
export function TrainingsScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("trainings")
  const client = useQueryClient()
  const [{ store, cursor }, setView] = useQueryStates(trainingView)
  const [opened, setOpened] = useState<Training | "new" | null>(null)
  const filter = given({ store })
  const list = useQuery(trainingsOptions({ ...filter, ...given({ cursor }) }))
  const page = list.data
  const onClose = () => setOpened(null)
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setOpened("new")}>
            {t("record")}
          </Button>
        ) : null}
      </PageHeader>
      <Group gap="xs">
        <StoreFilter
          label={t("fields.store")}
          value={store}
          onChange={(id) => void setView({ store: id, cursor: null })}
        />
      </Group>
      <DataTable
        name="trainings"
        label={t("title")}
        columns={trainingColumns}
        title={(id) => t(`columns.${id}`)}
        rows={page?.data}
        query={list}
        rowId={({ id }) => String(id)}
        nameOf={({ subject }) => subject}
        onOpen={mayWrite ? setOpened : undefined}
        empty={
          <EmptyList
            isFiltered={store !== null}
            noMatch={t("noMatch")}
            none={t("none")}
            onClear={() => void setView(null)}
          >
            {mayWrite ? t("noneText") : null}
          </EmptyList>
        }
        readRows={() =>
          readWhole((at) =>
            client.fetchQuery(trainingsOptions({ ...filter, limit: 200, ...given({ cursor: at }) })),
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
      {opened === "new" ? <TrainingDrawer store={store} onClose={onClose} /> : null}
      {opened !== null && opened !== "new" ? <RemovalDialog training={opened} onClose={onClose} /> : null}
    </Stack>
  )
}
