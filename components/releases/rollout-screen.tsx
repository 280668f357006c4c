"use client"

import { Alert, Anchor, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { Day } from "@/components/catalogue/day"
import { RingsTable } from "@/components/releases/rings-table"
import { SimpleTable } from "@/components/tables/simple-table"
import { AsOf } from "@/components/ui/as-of"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { StoreName } from "@/components/ui/store-name"
import { useGap } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import { rolloutOptions } from "@/lib/insight/rollouts/queries"
import type { Rollout } from "@/lib/insight/rollouts/schemas"

const colors = { pause: "red", go_on: "teal", wait: "gray" } as const

/** How a release comes to terminals: its rings, what sales say, and who is stuck. */
export function RolloutScreen({ releaseId }: { releaseId: number }) {
  const t = useTranslations("rollout")
  const tComponent = useTranslations("components")
  const gap = useGap()
  const { data: rollout, isError, error, refetch } = useQuery(rolloutOptions(releaseId))
  if (!rollout)
    return isError ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={300} />
  const { release, terminals, rings, effect, stuck, asOf } = rollout
  return (
    <Stack gap="md">
      <PageHeader
        title={`${tComponent(release.component)} ${release.version}`}
        subtitle={release.modelName ?? t("allModels")}
      />
      <Text size="sm">{t("terminals", terminals)}</Text>
      <Advice rollout={rollout} />
      <Panel title={t("rings")}>
        {rings.length === 0 ? (
          <EmptyState title={t("noRings")}>{t("noRingsText")}</EmptyState>
        ) : (
          <>
            <RingsTable rings={rings} effect={effect} />
            <Text size="xs" c="dimmed" mt="xs">
              {t("ringsText")}
              {gap}
              <AsOf at={asOf} />
            </Text>
          </>
        )}
      </Panel>
      <StuckPanel stuck={stuck} />
    </Stack>
  )
}

function Advice({ rollout: { advice, incident, rings } }: { rollout: Rollout }) {
  const t = useTranslations("rollout")
  const gap = useGap()
  if (incident === null && rings.length === 0) return null
  return (
    <Alert color={colors[advice]} title={t(`advice.${advice}`)} role="status">
      {t(`adviceText.${advice}`)}
      {gap}
      {incident === null ? null : (
        <Anchor component={Link} size="sm" href={paths.incident(incident)}>
          {t("incident")}
        </Anchor>
      )}
    </Alert>
  )
}

function StuckPanel({ stuck: { count, data } }: Pick<Rollout, "stuck">) {
  const t = useTranslations("rollout")
  const gap = useGap()
  return (
    <Panel title={t("stuck")}>
      {count === 0 ? (
        <EmptyState title={t("noStuck")} />
      ) : (
        <>
          <Text size="sm" mb="xs">
            {t("stuckText", { count })}
            {gap}
            {count > data.length ? t("firstListed", { listed: data.length }) : null}
          </Text>
          <SimpleTable
            label={t("stuck")}
            minWidth={520}
            maxHeight={400}
            head={[
              { key: "serial", title: t("serial") },
              { key: "store", title: t("store") },
              { key: "version", title: t("version") },
              { key: "storeSince", title: t("storeSince") },
            ]}
            rows={data.map(({ id, serial, store, version, storeSince }) => ({
              key: String(id),
              cells: [
                <Anchor key="serial" component={Link} size="sm" href={paths.terminal(id)}>
                  {serial}
                </Anchor>,
                <StoreName key="store" name={store.name} />,
                version,
                <Day key="since" on={storeSince} />,
              ],
            }))}
          />
        </>
      )}
    </Panel>
  )
}
