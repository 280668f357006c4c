"use client"

import { Button, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { modelColumns } from "@/components/models/model-columns"
import { ModelDrawer } from "@/components/models/model-drawer"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { modelsOptions } from "@/lib/fleet/models/queries"
import type { Model } from "@/lib/fleet/models/schemas"

const idOf = ({ id }: Model) => String(id)
const nameOf = ({ name }: Model) => name

/** The models with their numbers of terminals and end dates. */
export function ModelsScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const [isAdding, setIsAdding] = useState(false)
  const list = useQuery(modelsOptions())
  return (
    <Stack gap="md">
      <PageHeader title={t("models")} subtitle={t("modelsSubtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setIsAdding(true)}>
            {t("newModel")}
          </Button>
        ) : null}
      </PageHeader>
      <DataTable
        name="models"
        label={t("models")}
        columns={modelColumns}
        title={t}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        empty={<EmptyState title={t("noModels")}>{t(mayWrite ? "noModelsText" : "noModelsRead")}</EmptyState>}
        minWidth={760}
      />
      {isAdding && list.data ? (
        <ModelDrawer model={null} currency={list.data.currency} onClose={() => setIsAdding(false)} />
      ) : null}
    </Stack>
  )
}
