"use client"

import { Anchor, Badge, Button, Group, Stack, Table } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState } from "react"
import { EndDay } from "@/components/catalogue/day"
import { EntryList } from "@/components/catalogue/entry-list"
import { EntryTable } from "@/components/catalogue/entry-table"
import { ModelDrawer } from "@/components/models/model-drawer"
import { StatusCounts } from "@/components/models/status-counts"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { paths } from "@/lib/base/paths"
import { modelsOptions } from "@/lib/fleet/models/queries"

/** The models with their numbers of terminals and end dates. */
export function ModelsScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const [isAdding, setIsAdding] = useState(false)
  return (
    <Stack gap="md">
      <PageHeader title={t("models")} subtitle={t("modelsText")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setIsAdding(true)}>
            {t("newModel")}
          </Button>
        ) : null}
      </PageHeader>
      <EntryList
        list={useQuery(modelsOptions())}
        isEmpty={({ data }) => data.length === 0}
        empty={<EmptyState title={t("noModels")}>{t("noModelsText")}</EmptyState>}
      >
        {({ data }) => (
          <EntryTable
            label={t("models")}
            head={[
              t("name"),
              t("manufacturer"),
              t("terminals"),
              t("purchaseEndOn"),
              t("deployEndOn"),
              t("useEndOn"),
            ]}
            minWidth={760}
          >
            {data.map((model) => (
              <Table.Tr key={model.id}>
                <Table.Td>
                  <Group gap={6}>
                    <Anchor component={Link} size="sm" href={paths.model(model.id)}>
                      {model.name}
                    </Anchor>
                    {model.checksOverdue > 0 ? (
                      <Badge variant="light" color="yellow">
                        {t("checkOverdue")}
                      </Badge>
                    ) : null}
                  </Group>
                </Table.Td>
                <Table.Td>{model.manufacturerName ?? "—"}</Table.Td>
                <Table.Td>
                  <StatusCounts terminals={model.terminals} />
                </Table.Td>
                <Table.Td>
                  <EndDay on={model.purchaseEndOn} />
                </Table.Td>
                <Table.Td>
                  <EndDay on={model.deployEndOn} />
                </Table.Td>
                <Table.Td>
                  <EndDay on={model.useEndOn} />
                </Table.Td>
              </Table.Tr>
            ))}
          </EntryTable>
        )}
      </EntryList>
      {isAdding ? <ModelDrawer model={null} onClose={() => setIsAdding(false)} /> : null}
    </Stack>
  )
}
