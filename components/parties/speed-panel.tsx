"use client"

import { SegmentedControl, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { nameOf } from "@/components/failures/failure-columns"
import { SimpleTable } from "@/components/tables/simple-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { speedsOptions } from "@/lib/insight/speeds/queries"
import type { SpeedPage, SpeedQuery } from "@/lib/insight/speeds/schemas"
import { speedKinds, type SpeedKind } from "@/lib/insight/speeds/words"

const mostShown = 20

type PanelProps = { query: SpeedQuery; onBy: (by: SpeedKind) => void }

/** How long sales take, the slowest for their others first. */
export function SpeedPanel({ query, onBy }: PanelProps) {
  const t = useTranslations("speeds")
  const speeds = useQuery(speedsOptions(query))
  return (
    <Panel
      title={t("title")}
      action={
        <SegmentedControl
          size="xs"
          aria-label={t("by")}
          value={query.by}
          onChange={(value) => onBy(speedKinds.find((known) => known === value) ?? "issuer")}
          data={speedKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      }
    >
      {speeds.data ? (
        <Speeds page={speeds.data} />
      ) : speeds.isError ? (
        <ErrorState error={speeds.error} onRetry={() => void speeds.refetch()} />
      ) : (
        <Skeleton height={200} />
      )}
    </Panel>
  )
}

function Speeds({ page: { by, data, total, leftOut } }: { page: SpeedPage }) {
  const t = useTranslations("speeds")
  const tAll = useTranslations()
  const format = useFormatter()
  if (data.length === 0) return <EmptyState title={t("none")}>{t("noneText")}</EmptyState>
  const seconds = (ms: number | null) =>
    ms === null
      ? "—"
      : t("seconds", {
          value: format.number(ms / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
        })
  const more = leftOut + Math.max(0, data.length - mostShown)
  return (
    <Stack gap="xs">
      <SimpleTable
        hasRowHeads
        label={t("title")}
        minWidth={520}
        head={[
          { key: "name", title: t(`kinds.${by}`) },
          { key: "sales", title: t("sales"), align: "right" },
          { key: "median", title: t("median"), align: "right" },
          { key: "p95", title: t("p95"), align: "right" },
          { key: "expected", title: t("expected"), align: "right" },
        ]}
        rows={[
          ...data.slice(0, mostShown).map(({ value, label, sales, medianMs, p95Ms, expectedMs }) => ({
            key: value,
            cells: [
              by === "carrier" ? value : nameOf({ groupBy: by, value, label }, { t: tAll }),
              format.number(sales),
              seconds(medianMs),
              seconds(p95Ms),
              seconds(expectedMs),
            ],
          })),
          {
            key: "all",
            cells: [
              t("all"),
              format.number(total.sales),
              seconds(total.medianMs),
              seconds(total.p95Ms),
              seconds(null),
            ],
          },
        ]}
      />
      <Text size="xs" c="dimmed">
        {t("text")} {more > 0 ? t("more", { count: more }) : null}
      </Text>
    </Stack>
  )
}
