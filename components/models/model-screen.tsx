"use client"

import { Anchor, Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { ApprovalsPanel } from "@/components/approvals/approvals-panel"
import { EndDay } from "@/components/catalogue/day"
import { ModelDrawer } from "@/components/models/model-drawer"
import { StatusCounts } from "@/components/models/status-counts"
import { SimpleTable } from "@/components/tables/simple-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Labelled } from "@/components/ui/labelled"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { asStored } from "@/lib/base/names/names"
import { paths } from "@/lib/base/paths"
import { modelOptions } from "@/lib/fleet/models/queries"
import type { Model } from "@/lib/fleet/models/schemas"

/** One model: manufacturer, terminals, releases and approvals. */
export function ModelScreen({ modelId, mayWrite }: { modelId: number; mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  const router = useRouter()
  const [isEditing, setIsEditing] = useState(false)
  const query = useQuery(modelOptions(modelId))
  const stored = useQuery({ ...modelOptions(modelId), select: asStored }).data
  const { data: model, isError, refetch } = query
  if (!model || !stored)
    return isError ? <ErrorState onRetry={() => void refetch()} /> : <Skeleton height={300} />
  return (
    <Stack gap="md">
      <PageHeader title={model.name} subtitle={model.manufacturerName ?? t("manufacturerUnknown")}>
        {mayWrite ? (
          <Button size="xs" variant="default" onClick={() => setIsEditing(true)}>
            {t("edit")}
          </Button>
        ) : null}
      </PageHeader>
      <Terminals of={model} />
      <ApprovalsPanel model={model.id} approvals={stored.approvals} query={query} mayWrite={mayWrite} />
      <Panel title={t("releasesSeen")}>
        {model.releases.length === 0 ? (
          <EmptyState title={t("noReleasesSeen")}>{t("noReleasesSeenText")}</EmptyState>
        ) : (
          <SimpleTable
            label={t("releasesSeen")}
            minWidth={440}
            head={[
              { key: "component", title: t("component") },
              { key: "version", title: t("version") },
              { key: "terminals", title: t("terminals"), align: "right" },
              { key: "supportEndOn", title: t("supportEndOn") },
            ]}
            rows={model.releases.map(({ component, version, terminals, supportEndOn, isKnown }) => ({
              key: `${component} ${version}`,
              cells: [
                tComponent(component),
                <Group gap={6} key="version">
                  {version}
                  {isKnown ? null : (
                    <Badge variant="light" color="gray">
                      {t("notInCatalogue")}
                    </Badge>
                  )}
                </Group>,
                terminals,
                <EndDay key="end" on={supportEndOn} />,
              ],
            }))}
          />
        )}
      </Panel>
      {isEditing ? (
        <ModelDrawer
          model={stored}
          currency={model.currency}
          onClose={() => setIsEditing(false)}
          onRemoved={() => router.push(paths.models)}
        />
      ) : null}
    </Stack>
  )
}

/** How many terminals there are, and until when. */
function Terminals({ of: model }: { of: Model }) {
  const t = useTranslations("catalogue")
  const tPlaces = useTranslations("places")
  const hasTerminals = Object.values(model.terminals).some((count) => count > 0)
  return (
    <Panel
      title={t("terminals")}
      action={
        hasTerminals ? (
          <Anchor component={Link} size="sm" href={`${paths.terminals}?model=${model.id}`}>
            {t("showTerminals")}
          </Anchor>
        ) : null
      }
    >
      <Group gap="md">
        {hasTerminals ? (
          <StatusCounts terminals={model.terminals} />
        ) : (
          <Text size="sm">{tPlaces("terminals", { count: 0 })}</Text>
        )}
        <EndDays of={model} />
      </Group>
    </Panel>
  )
}

function EndDays({ of }: { of: Pick<Model, "purchaseEndOn" | "deployEndOn" | "useEndOn"> }) {
  const t = useTranslations("catalogue")
  return (["purchaseEndOn", "deployEndOn", "useEndOn"] as const).map((which) => (
    <Text key={which} size="sm">
      <Labelled label={t(which)}>
        <EndDay on={of[which]} />
      </Labelled>
    </Text>
  ))
}
